"""What these tests share: the main job, done once in a run."""

from tests.assessed import sample_assessment, tesoma_assessment

__all__ = ["sample_assessment", "tesoma_assessment"]
