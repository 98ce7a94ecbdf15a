"""A French group: euros in millions, spaces between thousands, French statements."""

from evals.examples import Category
from evals.filings.world.content import (
    Ask,
    Column,
    Document,
    Heading,
    Page,
    Table,
    heading,
    row,
    total,
)
from evals.filings.world.numbers import FRENCH

INCOME = Table(
    "Compte de résultat consolidé",
    "(en millions d'euros)",
    (
        Column(("Notes",), is_text=True, width=40),
        Column(("Exercice", "2023"), "FY2023"),
        Column(("Exercice", "2022"), "FY2022"),
    ),
    (
        row("Chiffre d'affaires", "4", 6214.8, 5870.3),
        row("Achats consommés", None, -2958.1, -2803.6),
        row("Charges de personnel", "5", -1643.7, -1560.2),
        row("Dotations aux amortissements", "6", -402.5, -389.9),
        row("Autres charges opérationnelles", "7", -688.4, -676.1),
        total("Résultat opérationnel", None, 522.1, 440.5),
        row("Résultat financier", "8", -74.6, -61.3),
        row("Impôts sur les résultats", "9", -118.9, -98.7),
        total("Résultat net", None, 328.6, 280.5),
        row("Résultat net par action (en euros)", "10", 4.11, 3.51, unit="EUR/share", places=2),
    ),
    "EUR",
    "millions",
    FRENCH,
    places=1,
)
BALANCE = Table(
    "Bilan consolidé",
    "(en millions d'euros)",
    (
        Column(("31 décembre", "2023"), "2023-12-31", width=76),
        Column(("31 décembre", "2022"), "2022-12-31", width=76),
    ),
    (
        heading("Actif"),
        row("Immobilisations corporelles", 2487.2, 2390.6),
        row("Stocks", 1046.9, 1102.4),
        row("Créances clients", 877.3, 841.8),
        row("Trésorerie et équivalents de trésorerie", 1210.5, 964.0),
        total("Total de l'actif", 5621.9, 5298.8),
        heading("Passif"),
        row("Capitaux propres", 2745.6, 2498.2),
        row("Emprunts et dettes financières", 1869.0, 1871.5),
        row("Dettes fournisseurs", 1007.3, 929.1),
        total("Total du passif", 5621.9, 5298.8),
    ),
    "EUR",
    "millions",
    FRENCH,
    places=1,
)

FRENCH_GROUP = Document(
    "Valombre_Rapport_annuel_2023",
    "Groupe Valombre SA",
    2023,
    "annual report, France",
    (
        Page((Heading("Groupe Valombre SA", 16), Heading("Rapport annuel 2023"), INCOME)),
        Page((Heading("Groupe Valombre SA", 10), BALANCE)),
    ),
    (
        Ask(
            "chiffre_d_affaires",
            "Quel a été le chiffre d'affaires de Valombre en 2023 ?",
            "6\N{NO-BREAK SPACE}214,8 millions d'euros",
            ((INCOME.title, "Chiffre d'affaires"),),
            language="fr",
        ),
        Ask(
            "stocks",
            "Quels étaient les stocks de Valombre au 31 décembre 2022 ?",
            "1\N{NO-BREAK SPACE}102,4 millions d'euros",
            ((BALANCE.title, "Stocks"),),
            language="fr",
        ),
        Ask(
            "marge",
            "Quelle a été la marge opérationnelle de Valombre en 2023 ?",
            "8,4 %",
            ((INCOME.title, "Résultat opérationnel"), (INCOME.title, "Chiffre d'affaires")),
            expression="margin(522.1, 6214.8)",
            category=Category.COMPUTATION,
            language="fr",
        ),
        Ask(
            "recurrent",
            "Quel a été le résultat net récurrent de Valombre en 2023 ?",
            "Le rapport ne publie pas de résultat net récurrent.",
            category=Category.UNANSWERABLE,
            language="fr",
        ),
        Ask(
            "net_income",
            "What was Valombre's net income in 2022?",
            "EUR 280.5 million",
            ((INCOME.title, "Résultat net"),),
        ),
        Ask(
            "fondos_propios",
            "¿Cuál era el patrimonio neto de Valombre a finales de 2023?",
            "2.745,6 millones de euros",
            ((BALANCE.title, "Capitaux propres"),),
            language="es",
        ),
    ),
)
