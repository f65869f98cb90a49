"""Who we are and who they are: secrets, certificates, and how a connection that is refused is explained.

    rules (do the settings fit together) -> secrets, certificates -> kafka (options of every client) -> diagnosis (why a
    broker does not let us in)

`secret_files` reads every file with secrets, whosever they are.
`addresses` keeps what strangers name (feeds, webhooks) out of our own network.
Elasticsearch's part stands with its client, in `agents/index/elasticsearch/client.py`.
"""
