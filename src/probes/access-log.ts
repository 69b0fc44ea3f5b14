import { parsed, unusable } from '../diagnosis/fact.ts'
import { sections } from './lines.ts'
import { ownReferrer } from './live-requests.ts'
import { logWindowScript } from './log-window.ts'
import { defineProbe } from './probe.ts'

/** Width of a step of `byAge`. */
export const bucketSeconds = 2

/** Requests of the last ten minutes in one access log, by status. */
export interface AccessCounts {
  readonly path: string
  readonly state: 'read' | 'missing' | 'unreadable'
  readonly total: number
  readonly byStatus: ReadonlyMap<number, number>
  /** Seconds since the newest line that is no 5xx; null when the window has none. */
  readonly lastGoodAgo: number | null
  /** The same requests by age: how many were answered well and with 5xx, in steps of `bucketSeconds` before the capture. */
  readonly byAge: readonly { readonly ago: number; readonly good: number; readonly failed: number }[]
}

/**
 * How many requests of the last ten minutes failed, counted on the host from every access log in the combined format
 * (or any that has `[time]` and a status behind the quoted request).
 *
 * Sample:
 *     @log read /var/log/nginx/access.log
 *     status 502 42
 *     status 200 8
 *     good 12
 *     age 0 0 9
 */
export const accessLog = defineProbe({
  id: 'access-log',
  command: 'tail of every access_log',
  seconds: 6,
  cap: 65_536,
  script: `${logWindowScript}
now=$(date +%s)
months='JanFebMarAprMayJunJulAugSepOctNovDec'
read_log() {
  f=$1
  [ -e "$f" ] || { echo "@log missing $f"; return; }
  [ -f "$f" ] || return
  [ -r "$f" ] || { echo "@log unreadable $f"; return; }
  echo "@log read $f"
  tail -c 4194304 "$f" | tr -d '\\000\\r' | awk -v months="$months" -v today="$(date -u -d @$now '+%Y %j %H %M %S')" -v now="$now" '
  function days(y, m, d) { if (m <= 2) { y--; m += 12 } return 365 * y + int(y / 4) - int(y / 100) + int(y / 400) + int((153 * (m - 3) + 2) / 5) + d }
  BEGIN { zero = days(1970, 1, 1) }
  {
    if (index($0, " \\"${ownReferrer}\\" ")) next
    i = index($0, "["); if (!i) next
    s = substr($0, i + 1, 26); if (s !~ /^[0-3][0-9]\\/[A-Z][a-z][a-z]\\/[0-9][0-9][0-9][0-9]:/) next
    m = (index(months, substr(s, 4, 3)) + 2) / 3
    t = (days(substr(s, 8, 4) + 0, m, substr(s, 1, 2) + 0) - zero) * 86400 + substr(s, 13, 2) * 3600 + substr(s, 16, 2) * 60 + substr(s, 19, 2)
    off = substr(s, 23, 2) * 3600 + substr(s, 25, 2) * 60; t -= (substr(s, 22, 1) == "-") ? -off : off
    if (t < now - 600) next
    if (!match($0, /" [1-5][0-9][0-9] /)) next
    c = substr($0, RSTART + 2, 3); n[c]++
    b = int((now - t) / ${bucketSeconds}); if (b < 0) b = 0
    if (c < 500) well[b]++; else bad[b]++; seen[b] = 1
    if (c < 500 && t > good) good = t
  }
  END { for (c in n) print "status " c " " n[c]; for (b in seen) print "age " b " " well[b] + 0 " " bad[b] + 0; if (good) print "good " now - good }'
}
default=$(built http-log-path); [ -n "$default" ] || default=/var/log/nginx/access.log
for p in $(directive_paths access_log) "$default"; do
  case $p in off|syslog:*|*'$'*|/dev/*) continue ;; /*) f=$p ;; *) f=$prefix/$p ;; esac
  case " $seen " in *" $f "*) continue ;; esac
  seen="$seen $f"
  read_log "$f"
done
true`,
  parse(capture) {
    const logs = sections(capture.stdout, ['log']).map((part): AccessCounts => {
      const [state = '', ...path] = part.rest.split(' ')
      const rows = part.body.map((line) => line.split(' '))
      const byStatus = new Map(rows.filter(([key]) => key === 'status').map(([, code, n]) => [Number(code), Number(n)]))
      const good = rows.find(([key]) => key === 'good')?.[1]
      const byAge = rows
        .filter(([key]) => key === 'age')
        .map(([, step, well, failed]) => ({
          ago: Number(step) * bucketSeconds,
          good: Number(well),
          failed: Number(failed),
        }))
      return {
        byAge,
        path: path.join(' '),
        state: state === 'read' || state === 'missing' ? state : 'unreadable',
        total: [...byStatus.values()].reduce((sum, n) => sum + n, 0),
        byStatus,
        lastGoodAgo: good === undefined ? null : Math.max(0, Number(good)),
      }
    })
    if (!logs.some((log) => log.state === 'read')) return unusable('no access log could be read')
    return parsed<{ readonly logs: readonly AccessCounts[] }>({ logs })
  },
})
