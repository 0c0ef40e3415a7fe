"""The report of a run: one HTML file that needs nothing else, Markdown, and JUnit for a build server."""
