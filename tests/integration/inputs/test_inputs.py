"""How the inputs of an assessment print."""


def test_they_are_a_line_without_what_residents_said(sample_assessment):
    inputs = sample_assessment.inputs
    assert len(repr(inputs)) < 250
    assert f"{len(inputs.origins):,} origins" in repr(inputs)
