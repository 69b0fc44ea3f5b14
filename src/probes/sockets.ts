import { parsed, unusable } from '../diagnosis/fact.ts'
import { defineProbe } from './probe.ts'
import { procNetScript } from './proc-net-script.ts'

export interface Listener {
  /** "127.0.0.1", "0.0.0.0", "::1", "::", "*" (both families). */
  readonly address: string
  readonly port: number
  readonly recvQ: number
  /** The only device whose connections it takes: "lan0" of "0.0.0.0%lan0:8080" (SO_BINDTODEVICE, socket(7)). */
  readonly device?: string
  /** Its backlog; null on a host without ss. */
  readonly sendQ: number | null
  /** Empty when the user may not see owners. */
  readonly owners: readonly { readonly name: string; readonly pid: number }[]
}

/** Connections that are alike, counted. `local` and `peer` have `*` for a port that differs from one to the next. */
export interface ConnectionCount {
  readonly state: string
  readonly local: string
  readonly peer: string
  readonly byNginx: boolean
  readonly count: number
}

/** A port that a program chose as its own end of a connection: outside of the range that the kernel hands out. */
export interface ChosenPort {
  readonly address: string
  readonly port: number
  readonly state: string
  readonly owners: Listener['owners']
}

export interface Sockets {
  readonly listeners: readonly Listener[]
  readonly chosen: readonly ChosenPort[]
  /** Ports that the kernel hands out itself (net.ipv4.ip_local_port_range), of whose users nothing is told; null in captures from before. */
  readonly handedOut: { readonly from: number; readonly to: number } | null
  readonly connections: readonly ConnectionCount[]
  /** Owners were shown for all processes (asked as root). */
  readonly ownersSeen: boolean
  /** Where they were read: evidence names the command that was really run. */
  readonly from: 'ss' | '/proc/net/tcp'
}

/**
 * TCP listeners with their owners, and all other connections counted by state, local address and peer on the host,
 * so that thirty thousand TIME-WAIT lines travel as one. Without ss they come from /proc/net/tcp (proc-net-script.ts).
 *
 * Sample (iproute2 6.1):
 *     @owners yes
 *     LISTEN 0 511 0.0.0.0:80 0.0.0.0:* users:(("nginx",pid=413,fd=5),("nginx",pid=412,fd=5))
 *     COUNT 27 TIME-WAIT 10.0.0.2:* 10.0.0.3:8080 -
 *     CHOSEN 127.0.0.1:9266 ESTAB users:(("python3",pid=286,fd=4))
 *     @range 32768 60999
 */
export const sockets = defineProbe({
  id: 'sockets',
  command: 'ss -Htanp',
  seconds: 5,
  cap: 262_144,
  script: `
${procNetScript}
{ if command -v ss >/dev/null 2>&1; then as_root ss -Htanp 2>/dev/null && echo OWNERS yes || ss -Htan || echo FAILED yes; else proc_net; echo PROC; fi; } | awk -v range="$(cat /proc/sys/net/ipv4/ip_local_port_range 2>/dev/null)" '
BEGIN { split(range, r, " ") }
function port(s, n, a) { n = split(s, a, ":"); return a[n] }
function addr(s) { sub(/:[^:]*$/, "", s); return s }
$1 == "OWNERS" { owners = 1; next }
$1 == "FAILED" { failed = 1; next }
$1 == "PROC" { proc = 1; next }
$1 == "LISTEN" { print; seen[port($4)] = 1; next }
{ n++; st[n] = $1; lo[n] = $4; pe[n] = $5; ng[n] = ($6 ~ /"nginx"/) ? "nginx" : "-" }
$1 ~ /^(ESTAB|SYN-SENT|CLOSE-WAIT)$/ && r[2] && (port($4) + 0 < r[1] + 0 || port($4) + 0 > r[2] + 0) { ch[n] = $4 " " $1 " " $6 }
END {
  for (i = 1; i <= n; i++) {
    p = port(lo[i])
    if (p in seen) k = st[i] " " lo[i] " " addr(pe[i]) ":* " ng[i]
    else k = st[i] " " addr(lo[i]) ":* " pe[i] " " ng[i]
    c[k]++
  }
  for (k in c) if (kept++ < 1500) print "COUNT " c[k] " " k
  for (i in ch) if (!(port(lo[i]) in seen) && chosen++ < 60) print "CHOSEN " ch[i]
  if (r[2]) print "@range " r[1] " " r[2]
  print "@owners " (owners ? "yes" : "no")
  if (proc) print "@from /proc/net/tcp"
  if (failed) print "@failed"
}'`,
  parse(capture) {
    if (capture.stdout.includes('\n@failed')) return unusable('ss failed')
    if (capture.truncated) return unusable('the list of sockets was cut')
    const listeners: Listener[] = []
    const connections: ConnectionCount[] = []
    const chosen: ChosenPort[] = []
    for (const line of capture.stdout.split('\n')) {
      if (line.startsWith('CHOSEN')) chosen.push(...readChosen(line))
      else if (line.startsWith('LISTEN')) listeners.push(...readListener(line))
      else if (line.startsWith('COUNT')) connections.push(...readCount(line))
    }
    const range = /^@range (\d+) (\d+)$/m.exec(capture.stdout)
    return parsed<Sockets>({
      listeners,
      connections,
      chosen,
      handedOut: range ? { from: Number(range[1]), to: Number(range[2]) } : null,
      ownersSeen: capture.stdout.includes('@owners yes'),
      from: capture.stdout.includes('\n@from /proc/net/tcp') ? '/proc/net/tcp' : 'ss',
    })
  },
})

function readListener(line: string): Listener[] {
  const [, recvQ, sendQ, local, , ...rest] = line.trim().split(/\s+/)
  const place = splitAddress(local ?? '')
  if (!place) return []
  const device = /^(?!\[?fe80)[^%]*%([^\]:]+)/i.exec(local ?? '')?.[1]
  return [
    {
      ...place,
      ...(device !== undefined && { device }),
      recvQ: Number(recvQ),
      sendQ: sendQ === '-' ? null : Number(sendQ),
      owners: readOwners(rest.join(' ')),
    },
  ]
}

function readChosen(line: string): ChosenPort[] {
  const [, local = '', state = '', users = ''] = line.trim().split(/\s+/)
  const place = splitAddress(local)
  return place ? [{ ...place, state, owners: readOwners(users) }] : []
}

/** `users:(("nginx",pid=413,fd=5))` -> [{name: "nginx", pid: 413}], each pid once. */
export function readOwners(text: string): readonly { readonly name: string; readonly pid: number }[] {
  const owners = new Map<number, string>()
  for (const match of text.matchAll(/\("([^"]*)",pid=(\d+)/g)) owners.set(Number(match[2]), match[1] ?? '')
  return [...owners].map(([pid, name]) => ({ name, pid }))
}

/** "[::1]:8080", "127.0.0.1%lo:53", "*:80" -> address without brackets and zone, and the port. */
export function splitAddress(text: string): { readonly address: string; readonly port: number } | null {
  const match = /^(?:\[([^\]]*)\]|([^[]*)):(\d+)$/.exec(text)
  if (!match) return null
  const address = (match[1] ?? match[2] ?? '').replace(/%.*$/, '')
  return { address: address.replace(/^::ffff:(?=\d+\.)/, ''), port: Number(match[3]) }
}

function readCount(line: string): ConnectionCount[] {
  const [, count, state, local, peer, owner] = line.split(' ')
  if (!count || !state || !local || !peer) return []
  return [{ count: Number(count), state, local, peer, byNginx: owner === 'nginx' }]
}
