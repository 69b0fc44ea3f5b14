import { parsed, unusable } from '../diagnosis/fact.ts'
import { keyedLines } from './lines.ts'
import { defineProbe } from './probe.ts'

export interface KernelLimits {
  /** Ports that connect() picks from, ip_local_port_range less ip_local_reserved_ports (ip-sysctl.rst). */
  readonly ephemeralPorts: number
  readonly portRange: readonly [number, number]
  readonly maxTimeWait: number
  readonly somaxconn: number
}

/**
 * The kernel's limits on ports and queues.
 *
 * Sample:
 *     range 32768 60999
 *     reserved
 *     max-tw 65536
 *     somaxconn 4096
 */
export const kernelLimits = defineProbe({
  id: 'kernel-limits',
  command:
    'sysctl net.ipv4.ip_local_port_range net.ipv4.ip_local_reserved_ports net.ipv4.tcp_max_tw_buckets net.core.somaxconn',
  seconds: 2,
  cap: 8192,
  script: `
n=/proc/sys/net
echo "range $(cat $n/ipv4/ip_local_port_range | tr '\\t' ' ')"
echo "reserved $(cat $n/ipv4/ip_local_reserved_ports 2>/dev/null)"
echo "max-tw $(cat $n/ipv4/tcp_max_tw_buckets 2>/dev/null)"
echo "somaxconn $(cat $n/core/somaxconn 2>/dev/null)"`,
  parse(capture) {
    const lines = keyedLines(capture.stdout)
    const [low, high] = (lines.get('range')?.[0] ?? '').split(/\s+/).map(Number)
    if (!low || !high) return unusable('no ip_local_port_range')
    return parsed<KernelLimits>({
      ephemeralPorts: high - low + 1 - reservedWithin(lines.get('reserved')?.[0] ?? '', low, high),
      portRange: [low, high],
      maxTimeWait: Number(lines.get('max-tw')?.[0] ?? 0),
      somaxconn: Number(lines.get('somaxconn')?.[0] ?? 0),
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
