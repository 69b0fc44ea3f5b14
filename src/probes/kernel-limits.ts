import { parsed, unusable } from '../diagnosis/fact.ts'
import { keyedLines } from './lines.ts'
import { defineProbe } from './probe.ts'

export interface KernelLimits {
  /** Ports that connect() picks from, ip_local_port_range less ip_local_reserved_ports (ip-sysctl.rst). */
  readonly ephemeralPorts: number
  readonly portRange: readonly [number, number]
  readonly maxTimeWait: number
  readonly somaxconn: number
  /** Open files of the whole host and the most there may be (proc(5), file-nr); null in captures that did not ask. */
  readonly files: { readonly open: number; readonly max: number } | null
  /** The connection tracking table of this network namespace; null where the kernel tracks nothing. */
  readonly conntrack: Conntrack | null
}

interface Conntrack {
  readonly count: number
  readonly max: number
  /** Packets that were dropped since boot because no entry could be made, all CPUs together. */
  readonly dropped: number
}

/**
 * The kernel's limits on ports and queues.
 *
 * Sample:
 *     range 32768 60999
 *     reserved
 *     max-tw 65536
 *     somaxconn 4096
 *     files 1248 0 9223372036854775807
 *     conntrack 262144 262144 5312
 */
export const kernelLimits = defineProbe({
  id: 'kernel-limits',
  command:
    'sysctl net.ipv4.ip_local_port_range net.ipv4.ip_local_reserved_ports net.ipv4.tcp_max_tw_buckets net.core.somaxconn fs.file-nr net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max',
  seconds: 2,
  cap: 8192,
  script: `
n=/proc/sys/net
echo "range $(cat $n/ipv4/ip_local_port_range | tr '\\t' ' ')"
echo "reserved $(cat $n/ipv4/ip_local_reserved_ports 2>/dev/null)"
echo "max-tw $(cat $n/ipv4/tcp_max_tw_buckets 2>/dev/null)"
echo "somaxconn $(cat $n/core/somaxconn 2>/dev/null)"
echo "files $(tr '\\t' ' ' </proc/sys/fs/file-nr 2>/dev/null)"
[ -r $n/netfilter/nf_conntrack_count ] || exit 0
hex() { printf '%d' "0x$1"; }
drops=0; column=$(awk 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "drop") print i }' /proc/net/stat/nf_conntrack 2>/dev/null)
if [ -n "$column" ]; then
  for h in $(awk -v c="$column" 'NR > 1 { print $c }' /proc/net/stat/nf_conntrack); do drops=$((drops + $(hex "$h"))); done
fi
echo "conntrack $(cat $n/netfilter/nf_conntrack_count) $(cat $n/netfilter/nf_conntrack_max) $drops"`,
  parse(capture) {
    const lines = keyedLines(capture.stdout)
    const [low, high] = (lines.get('range')?.[0] ?? '').split(/\s+/).map(Number)
    if (capture.truncated) return unusable('the limits of the kernel were cut')
    if (!low || !high) return unusable('no ip_local_port_range')
    return parsed<KernelLimits>({
      ephemeralPorts: high - low + 1 - reservedWithin(lines.get('reserved')?.[0] ?? '', low, high),
      portRange: [low, high],
      maxTimeWait: Number(lines.get('max-tw')?.[0] ?? 0),
      somaxconn: Number(lines.get('somaxconn')?.[0] ?? 0),
      files: filesOf(lines.get('files')?.[0] ?? ''),
      conntrack: conntrackOf(lines.get('conntrack')?.[0] ?? ''),
    })
  },
})

/** "8080,9000-9100" -> how many of them lie between low and high. */
function reservedWithin(text: string, low: number, high: number): number {
  return text
    .split(',')
    .map((part) => part.trim().split('-').map(Number))
    .filter(([from]) => from)
    .reduce((sum, [from = 0, to = from]) => sum + Math.max(0, Math.min(to, high) - Math.max(from, low) + 1), 0)
}

function filesOf(text: string): KernelLimits['files'] {
  const [open, , max] = text.split(/\s+/).map(Number)
  return open && max ? { open, max } : null
}

function conntrackOf(text: string): Conntrack | null {
  const [count, max, dropped] = text.split(' ').map(Number)
  return count !== undefined && max ? { count, max, dropped: dropped ?? 0 } : null
}
