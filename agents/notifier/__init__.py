"""The notifier: reads alert channels and tells people and programs, each target by itself.

    alerts.<channel>, redeliveries -> wanted? -> silenced by somebody? -> webhook | apprise | atom -> commit

It is no Faust app. A target that is away, or a digest that is not due, holds alerts for minutes or a day, uncommitted;
Faust waits for what it holds whenever partitions are assigned anew or it is stopped. So every target has a plain
consumer in a group of its own, `<prefix>.notifier.<target>`: its offsets are its cursor, and nobody waits for another.
"""
