/**
 * A rule that stops some connections and lets others pass: by how many there are or come in a time, by chance, at some hours, or by whose
 * process opens them (nft(8): ct count, limit, meter, numgen, quota, meta hour, meta skuid, cgroup; iptables-extensions(8)).
 */
const words =
  /\bct count\b|\blimit rate\b|\bmeter \S|\bnumgen\b|\bquota\b|\bmeta (?:hour|day|time|skuid|skgid|cgroup)\b|\bsocket cgroupv2\b|\b(?:update|add) @|#conn\b|(?:-m |xt match ")(?:connlimit|hashlimit|limit|recent|statistic|quota2?|time|owner|cgroup)\b/

export function isLimit(rule: string): boolean {
  return words.test(rule)
}

/** Packets that it has met, by its counter; null for a rule that does not count, and for iptables-save, which does not show it. */
export function packetsOf(rule: string): number | null {
  const count = /\bcounter packets (\d+) /.exec(rule)?.[1]
  return count === undefined ? null : Number(count)
}
