"""The main job as a story: three orders through the public API, with real tokens and a clock that is moved."""
