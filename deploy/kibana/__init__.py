"""What Kibana shows of Tocsin, made by code: data views, a saved search for each shipped rule, and one dashboard.

    collections -> data views ─┐
    seeds/rules -> searches    ├─> saved objects -> tocsin.ndjson
    overview    -> dashboard  ─┘

`python -m deploy.kibana`, from the top of the project, writes `tocsin.ndjson` anew. Objects are written in the shape
that Kibana's own sample data have in 9.x (`coreMigrationVersion` 8.8.0); Kibana migrates them when they are imported.
"""

from __future__ import annotations
