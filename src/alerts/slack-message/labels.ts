/** Labels that name a host, as exporters, Grafana, Datadog and people call them. */
const hostNames = new Set(['instance', 'host', 'hostname', 'nodename', 'node', 'server', 'machine', 'target', 'fqdn'])

// "instance = web-1:9113", "- host: web-1", "*Host:* web-1", "{host:web-1,env:prod}", "Host\nweb-1" (as "Host: web-1").
const pair = /([A-Za-z_][A-Za-z0-9_.-]{0,59})[`*"']{0,3}\s{0,3}[:=]\s{0,3}[`*"']{0,4}([^\s`*"',;{}()<>]{1,300})/g

/** At most so many pairs are read in one message. */
const most = 300

/** Values of labels by their name in small letters, in the order of the lines. */
export function labelsIn(lines: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  let count = 0
  for (const line of lines) {
    for (const [, name = '', value = ''] of line.matchAll(pair)) {
      count += 1
      if (count > most) return found
      const key = name.toLowerCase()
      found.set(key, [...(found.get(key) ?? []), value])
    }
  }
  return found
}

/** Values of those labels that say which host it is. */
export function hostValues(labels: ReadonlyMap<string, readonly string[]>): readonly string[] {
  return [...labels].flatMap(([name, values]) => (hostNames.has(name) ? values : []))
}
