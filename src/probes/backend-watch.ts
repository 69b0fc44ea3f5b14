import { parsed, unusable } from '../diagnosis/fact.ts'
import { defineProbe } from './probe.ts'
import { readWatched, type Watch } from './watch.ts'
import { watchScript, watchSeconds } from './watch-script.ts'

/**
 * The machine of a backend looks at its own side of the connections that nginx opens from elsewhere: no request, sockets alone.
 * "$@" are the addresses as nginx dials them. It goes on through seven quiet seconds, because the requests that it is to see come from
 * another host, whose questions before them take their time.
 *
 * Sample (Debian 12, iproute2 6.1):
 *     @ask 0 watch|tcp|10.77.5.3:8621|-|/
 *     @watch 0 9.0 24 0 22 11.7 0.0 0.0 0 19 2048 0 -
 */
export const backendWatch = defineProbe({
  id: 'backend-watch',
  command: 'ss -tina',
  seconds: watchSeconds + 2,
  cap: 16_384,
  script: `
command -v ss >/dev/null 2>&1 || { echo 'no ss on this host' >&2; exit 127; }
quiet_looks=14
${watchScript}
i=0
for address in "$@"; do
  printf '@ask %s watch|tcp|%s|-|/\\n' $i "$address"
  watch_backend $i "$address" &
  i=$((i + 1))
done
wait`,
  parse({ exitCode, stdout, truncated }) {
    if (exitCode === 127) return unusable('no ss on this host')
    if (truncated) return unusable('what was seen at the sockets did not travel to its end')
    const asks = [...stdout.matchAll(/^@ask (\d+) (.*)$/gm)].map((match): [string, string[]] => [
      match[1] ?? '',
      (match[2] ?? '').split('|'),
    ])
    const { watches } = readWatched(stdout, new Map(asks))
    return parsed<{ readonly watches: readonly Watch[] }>({
      watches: watches.map((watch) => ({ ...watch, by: 'backend-watch' as const })),
    })
  },
})
