"""The reads and the writes of each noun. A service knows neither a request nor a current user: who acts is an argument.

One write is one change, one transaction and one audit record.
"""
