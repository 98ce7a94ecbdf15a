"""What the invented companies say of themselves, in sentences that change little by year."""

from evals.filings.plan import Story

HALVORSEN_STORY = Story(
    business="designs, makes and services pumps for chemical plants, water utilities and mines",
    offering="pumps, booster sets and overhaul services",
    customers="chemical producers, municipal water utilities and mine operators",
    inputs="duplex steel castings, copper windings and mechanical seals",
    rivals="larger diversified makers of flow equipment and regional foundries",
    channel="a direct sales force and 214 independent distributors",
    rule="energy efficiency and drinking water rules",
    customer_facts={
        2022: "Our largest customer, Brightwater Municipal Alliance, accounted for 11% of revenue "
        "in 2022, and Okonta Chemicals for 8%; no other customer exceeded 5%.",
        2023: "Our largest customer, Brightwater Municipal Alliance, accounted for 12% of revenue "
        "in 2023, and Okonta Chemicals for 9%; no other customer exceeded 5%.",
        2024: "In the six months ended June 30, 2024, Brightwater Municipal Alliance accounted "
        "for 13% of revenue; no other customer exceeded 10%.",
    },
    legal={
        2022: "In March 2022 Sable Creek Water District sued the Company in the Circuit Court of "
        "Calloway County, alleging that booster sets delivered in 2019 failed early, and seeks "
        "$18.5 million. We have accrued $2.1 million for this matter.",
        2023: "In March 2022 Sable Creek Water District sued the Company in the Circuit Court of "
        "Calloway County, alleging that booster sets delivered in 2019 failed early, and seeks "
        "$18.5 million. In October 2023 the court dismissed the negligence claim; the warranty "
        "claim goes to trial in September 2024. We have accrued $3.4 million for this matter.",
        2024: "In May 2024 the Company and Sable Creek Water District agreed to settle the booster "
        "set litigation for $4.9 million, payable in two installments, subject to the "
        "approval of the district's board.",
    },
    margin={
        2022: "Gross margin fell because castings and ocean freight cost more than the two price "
        "increases of the year recovered, and because the acquired Penang plant ran below "
        "capacity.",
        2023: "Gross margin rose because price increases taken in late 2022 held, freight rates "
        "returned to their earlier level, and Field Services, which earns more than pumps, "
        "grew to a larger share of revenue.",
        2024: "Gross margin rose because of the move to Field Services contracts and savings "
        "from closing the Tulsa machine shop.",
    },
    sales={
        2022: "Growth came from price increases in Process Pumps and from Penang Flowtech, "
        "acquired in the second quarter.",
        2023: "Growth came from Process Pumps orders by chemical producers and from new "
        "monitoring contracts, while Water Systems declined as utilities deferred projects.",
        2024: "Growth came from monitoring contracts and from a return of utility orders that "
        "had been deferred in 2023.",
    },
    outlook={
        2022: "In 2023 we expect capital expenditures of $40 million to $45 million.",
        2023: "In 2024 we expect capital expenditures of $44 million to $50 million.",
        2024: "For the full year we expect capital expenditures of $46 million to $50 million.",
    },
    people={2022: 3910, 2023: 3742, 2024: 3688},
)

MARROWBY_STORY = Story(
    business="sells housewares, bedding, garden goods, stationery and books in stores and online",
    offering="housewares, stationery and gifts",
    customers="households, teachers and small offices",
    inputs="merchandise from about 1,150 suppliers, of which the largest supplied 6%",
    rivals="mass merchants, online marketplaces and specialty chains",
    channel="stores in the United States and Canada and two websites",
    rule="product safety, wage and consumer privacy rules",
    customer_facts={
        2022: "We sell to individual households and no customer accounts for a material share of "
        "sales; members of the Quill Club made 58% of sales in fiscal 2022.",
        2023: "We sell to individual households and no customer accounts for a material share of "
        "sales; members of the Quill Club made 63% of sales in fiscal 2023.",
    },
    legal={
        2022: "A putative class action, Ferrante v. Marrowby & Quill Stores, was filed in August "
        "2022 in the Superior Court of Alder County and alleges that assistant store managers "
        "were wrongly classified as exempt from overtime. We dispute the claims and have "
        "made no accrual.",
        2023: "A putative class action, Ferrante v. Marrowby & Quill Stores, was filed in August "
        "2022 in the Superior Court of Alder County and alleges that assistant store managers "
        "were wrongly classified as exempt from overtime. In November 2023 the parties reached "
        "an agreement in principle for $14 million, which we have accrued.",
    },
    margin={
        2022: "Gross margin fell because of heavier clearance of garden goods after a wet spring "
        "and higher inbound container rates.",
        2023: "Gross margin rose because of lower inbound container rates and fewer markdowns, "
        "partly offset by more shrinkage at urban stores.",
    },
    sales={
        2022: "Comparable sales grew 2.9%, with gains in kitchen and table and in stationery.",
        2023: "Comparable sales grew 0.4%: gains at Marrowby Home were offset by a decline at "
        "Quill & Co., where fewer people came to the stores.",
    },
    outlook={
        2022: "In fiscal 2023 we expect to open 18 stores and to close 12.",
        2023: "In fiscal 2024 we expect to open 9 stores and to close 20.",
    },
    people={2022: 31400, 2023: 29850},
)

TESSELINE_STORY = Story(
    business="provides subscription software for planning, closing the books and keeping records",
    offering="the Tessera cloud applications",
    customers="finance departments of mid-sized manufacturers, hospitals and universities",
    inputs="cloud hosting from two providers and software engineers",
    rivals="vendors of enterprise resource planning suites and younger cloud companies",
    channel="a direct sales force and 46 implementation partners",
    rule="data protection and electronic record rules",
    customer_facts={
        2024: "At December 31, 2023 we had 2,318 subscription customers, of which 214 paid more "
        "than $100,000 a year; no customer exceeded 3% of revenue.",
    },
    legal={
        2024: "In July 2023 Corvane Systems LLC filed a complaint in the District of Vermont "
        "alleging that Tessera Vault infringes two patents on record retention. The court has "
        "set a claim construction hearing for June 2024. We can't estimate a loss.",
    },
    margin={
        2024: "Gross margin rose because subscriptions, which cost less to deliver than "
        "services, became a larger share of revenue and because we moved Tessera Close to a "
        "cheaper hosting contract.",
    },
    sales={
        2024: "Growth came from new customers of Tessera Plan and from price increases on renewal; "
        "Professional Services declined as partners took on more implementations.",
    },
    outlook={2024: "We expect to record a net loss in fiscal 2024 and the year after."},
    people={2024: 1146},
)
