"""Holds network policies against pods: each is under one for both directions, which lets callers in and the pod to the servers that
it is told of.
"""

import re

from objects import matches, of_kind, pods, ports

URL = re.compile(r"\w+://(?:[^@/]*@)?([\w.-]+):(\w*)")


def problems(objects, facts):
    policies = [item["spec"] for item in of_kind(objects, "NetworkPolicy")]
    used = [False] * len(policies)
    for pod in pods(objects):
        own = [matches(policy["podSelector"], pod.labels) for policy in policies]
        used = [before or now for before, now in zip(used, own)]
        own = [policy for policy, is_own in zip(policies, own) if is_own]
        if {direction for policy in own for direction in policy["policyTypes"]} != {"Ingress", "Egress"}:
            yield f"{pod.where}: no NetworkPolicy bounds what it may reach and who may reach it"
        opened = [port for policy in own for rule in policy.get("ingress", []) for port in rule.get("ports", [])]
        for port in opened if pod.serves else []:
            if port.get("port") not in ports(pod) or port.get("protocol", "TCP") != "TCP":
                yield f"{pod.where}: {port.get('port')} by {port.get('protocol')}, which a NetworkPolicy opens, is none of its ports"
        if pod.serves and not opened:
            yield f"{pod.where}: no NetworkPolicy lets anybody ask it"
        rules = [rule for policy in own for rule in policy.get("egress", [])]
        for name, value in pod.variables(objects, facts.secrets).items():
            if isinstance(value, tuple):
                value = facts.secrets.get(value[0], {}).get(value[1], "")
            if (address := URL.match(value)) and not any(lets(rule, address[1], address[2]) for rule in rules):
                yield f"{pod.where}: no NetworkPolicy lets it to {address[0].split('@')[-1]} of {name}"
        for protocol in ("UDP", "TCP"):
            if not any(lets(rule, "kube-dns.kube-system.svc", "53", protocol) for rule in rules):
                yield f"{pod.where}: no NetworkPolicy lets it ask for names by {protocol}"
    for policy, is_used in zip(of_kind(objects, "NetworkPolicy"), used):
        where = f"NetworkPolicy {policy['metadata']['name']}"
        if not is_used:
            yield f"{where}: chooses no pod"
        yield from (f"{where}: {problem}" for problem in spaces(policy["spec"], facts))


def spaces(policy, facts):
    """Namespaces go by a label that the page gives to callers, or by a name that it tells."""
    for rule in [*policy.get("ingress", []), *policy.get("egress", [])]:
        if not all("port" in port for port in rule.get("ports", [{}])):
            yield "a rule opens all ports"
        for peer in [*rule.get("from", []), *rule.get("to", [])]:
            labels = peer.get("namespaceSelector", {}).get("matchLabels", {})
            name = labels.get("kubernetes.io/metadata.name")
            if not labels:
                yield "lets everybody through, or nobody: a peer asks for no namespace"
            elif name not in facts.namespaces and labels != facts.callers:
                yield f"docs/how-to/kubernetes.md tells of no namespace {name or labels}"
    peers = [peer for rule in policy.get("ingress", []) for peer in rule.get("from", [])]
    if not any(peer.get("namespaceSelector", {}).get("matchLabels") == facts.callers for peer in peers):
        yield f"callers, with the label {facts.callers} of docs/how-to/kubernetes.md, are not let in"


def lets(rule, host, port, protocol="TCP"):
    """Whether a rule lets a pod to a Service's name, NAME.NAMESPACE.svc."""
    space = host.split(".")[1] if host.count(".") >= 2 else ""
    spaces = [to.get("namespaceSelector", {}).get("matchLabels", {}).get("kubernetes.io/metadata.name")
              for to in rule.get("to", [])]  # fmt: skip
    opened = [(str(entry.get("port")), entry.get("protocol", "TCP")) for entry in rule.get("ports", [])]
    return ("to" not in rule or space in spaces) and (port, protocol) in opened
