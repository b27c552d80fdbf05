"""The services room: the only place that opens a socket or a database.

`web.Web` is the door that every request goes through; `crossref`, `doi` and `links` ask and turn
payloads into answers (`fetch` does network, `parse` is pure); `cache` keeps payloads. A question
that cannot be answered becomes an `Answer` that is unknown with a cause: errors do not leave here.
"""
