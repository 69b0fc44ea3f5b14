import { parsed } from '../diagnosis/fact.ts'
import { keyedLines } from './lines.ts'
import { defineProbe } from './probe.ts'

/**
 * What the host's own resolver answers for names of upstreams, in its order. "$@" are names.
 *
 * Sample (glibc 2.36): localhost ::1 127.0.0.1
 */
export const nameResolution = defineProbe({
  id: 'name-resolution',
  command: 'getent ahosts NAME',
  seconds: 5,
  cap: 16_384,
  script: `
for n in "$@"; do
  { a=$(timeout 3 getent ahosts "$n" | awk '!s[$1]++ { print $1 }' | tr '\\n' ' '); echo "$n \${a:--}"; } &
done
wait`,
  parse(capture) {
    const names = new Map<string, readonly string[]>()
    for (const [name, values] of keyedLines(capture.stdout)) {
      names.set(
        name,
        (values[0] ?? '').split(' ').filter((address) => address !== '' && address !== '-'),
      )
    }
    return parsed<{ readonly names: ReadonlyMap<string, readonly string[]> }>({ names })
  },
})
