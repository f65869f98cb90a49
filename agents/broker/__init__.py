"""The embedded broker: one node that speaks the Kafka protocol on loopback and keeps its messages in append-only
files.

It lets a newcomer, a test or a small desk run Tocsin with Python alone. It has no replication, no transactions and no
security, and refuses to listen anywhere but on loopback; what outgrows one machine belongs on Apache Kafka.

    connection -> protocol (tables) -> handlers -> topics -> log -> segment files
                                               `-> groups, offsets
"""
