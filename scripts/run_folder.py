"""A run's folder as scripts read it: the standard library only."""
import json
import pathlib


def read_events(run):
    """The events that count: those that a resume undid are dropped (docs/events.md)."""
    events = []
    for line in (run / "events.jsonl").read_text().splitlines():
        event = json.loads(line)
        if event["kind"] == "resume":
            events = [earlier for earlier in events if earlier["seq"] <= event["after"]]
        events.append(event)
    return events


class RunFolder:
    """Raises FileNotFoundError or ValueError where the folder is not that of a run."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.record = json.loads((self.folder / "run.json").read_text())
        self.events = read_events(self.folder)
        self.seed = self.record["seed"]
        self.vars = self.record["workflow"]["vars"]

    def finished(self):
        return self.events[-1]["kind"] == "end" and self.events[-1]["state"] == "finished"

    def seconds(self):
        """That its stages took, one after the other; those from the cache count what they took when they ran."""
        return sum(event.get("seconds", 0) for event in self.events if event["kind"] == "stage" and event["state"] != "started")

    def metrics(self, name):
        return [event for event in self.events if event["kind"] == "metric" and event["name"] == name]

    def by_round(self, name):
        """{round: value} of a metric that one stage records for each round."""
        return {event["round"]: event["value"] for event in self.metrics(name) if "round" in event}

    def machine(self):
        return (f"{self.record['threads']} threads, {self.record['device']}, {'bf16' if self.record['bf16'] else 'float32'}, "
                f"{self.record['instructions']}")
