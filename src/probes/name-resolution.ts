import { parsed } from '../diagnosis/fact.ts'
import { keyedLines, wholeLines } from './lines.ts'
import { defineProbe } from './probe.ts'

export interface NameResolution {
  /** What getent answers, in its order; empty when the name has no address. */
  readonly names: ReadonlyMap<string, readonly string[]>
  /** getent's exit status by name: 0 found, 2 no such name, 124 no answer in time (getent(1), timeout(1)). Empty in old captures. */
  readonly status: ReadonlyMap<string, number>
  /** Lines of /etc/hosts that hold one of the names. */
  readonly hostsLines: readonly string[]
  /** When /etc/hosts changed last, seconds since the epoch; null when that could not be asked. */
  readonly hostsChanged: number | null
  /** Name servers of /etc/resolv.conf. */
  readonly nameServers: readonly string[]
}

/**
 * What the host's own resolver answers for names of upstreams, and where it has it from. "$@" are names.
 *
 * Sample (glibc 2.36):
 *     localhost ::1 127.0.0.1
 *     @status localhost 0
 *     @changed 1795230000
 *     @hosts 127.0.0.1 localhost
 *     @server 10.77.1.1
 */
export const nameResolution = defineProbe({
  id: 'name-resolution',
  command: 'getent ahosts NAME',
  seconds: 6,
  waits: true,
  cap: 16_384,
  script: `
for n in "$@"; do
  { a=$(timeout 4 getent ahosts "$n"); rc=$?; a=$(printf '%s\\n' "$a" | awk 'NF && !s[$1]++ { print $1 }' | tr '\\n' ' '); printf '%s %s\\n@status %s %s\\n' "$n" "\${a:--}" "$n" $rc; } &
done
wait
echo "@changed $(stat -L -c %Z /etc/hosts 2>/dev/null)"
sed 's/#.*//' /etc/hosts 2>/dev/null | awk 'BEGIN { for (i = 1; i < ARGC; i++) want[tolower(ARGV[i])] = 1; ARGC = 1 } { for (i = 2; i <= NF; i++) if (tolower($i) in want) { print "@hosts " $0; next } }' "$@" | head -n 20
sed -n 's/^[[:space:]]*nameserver[[:space:]][[:space:]]*\\([0-9a-fA-F.:]*\\).*/@server \\1/p' /etc/resolv.conf 2>/dev/null | head -n 3`,
  parse(capture) {
    const names = new Map<string, readonly string[]>()
    const status = new Map<string, number>()
    const lines = keyedLines(wholeLines(capture))
    for (const [name, values] of lines) {
      if (name.startsWith('@')) continue
      names.set(
        name,
        (values[0] ?? '').split(' ').filter((address) => address !== '' && address !== '-'),
      )
    }
    for (const line of lines.get('@status') ?? []) {
      const [name = '', code = ''] = line.split(' ')
      status.set(name, Number(code))
    }
    const changed = Number(lines.get('@changed')?.[0] ?? '')
    return parsed<NameResolution>({
      names,
      status,
      hostsLines: lines.get('@hosts') ?? [],
      hostsChanged: changed > 0 ? changed : null,
      nameServers: lines.get('@server') ?? [],
    })
  },
})
