from evals.datasets import SAMPLES, open_dataset
from evals.filings.companies import TESSELINE


def test_the_samples_are_written_to_a_folder_that_goes_away():
    with open_dataset(None, (TESSELINE,)) as dataset:
        assert dataset.name == SAMPLES
        assert all(pdf.is_file() for pdf in dataset.pdfs)
        cited = {page.document for example in dataset.examples for page in example.evidence}
        assert cited == {"TESSELINE_2024Q2_10Q.pdf"}
    assert not dataset.pdfs[0].exists()
