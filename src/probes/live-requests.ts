import { parsed, unusable } from '../diagnosis/fact.ts'
import { defineProbe } from './probe.ts'
import { readWatched, type Watched } from './watch.ts'
import { watchScript } from './watch-script.ts'

/** One request that we sent from the host itself. */
export interface LiveAnswer {
  /** `nginx`: through a listener of nginx; `direct`: straight to the backend; `connect`: a connection only, the protocol is not HTTP. */
  readonly way: 'nginx' | 'direct' | 'connect'
  /** "127.0.0.1:80" or "unix:/run/app.sock". */
  readonly endpoint: string
  readonly host: string
  readonly path: string
  /** HTTP status; null when no answer came. */
  readonly status: number | null
  /** The body is nginx's own error page. */
  readonly nginxPage: boolean
  /** The error is the backend's own, which nginx only passed on, as far as the configuration tells (symptoms/passed-on.ts). */
  readonly passedOn?: boolean
  readonly server: string
  /** As nginx makes it of a file (ngx_http_set_etag: time and length); by it two answers are known to be the same file. */
  readonly etag?: string
  /** curl's exit code: 0 answered, 7 no connection, 28 timed out, 35 TLS, 52 empty answer, 56 reset (curl(1)). */
  readonly exitCode: number
  readonly message: string
  readonly connectSeconds: number
  readonly totalSeconds: number
}

/** curl tells no time of a connection on which the TLS handshake never ended: "SSL connection timeout" is its word for that (lib/vtls). */
export function hasConnected({ connectSeconds, message }: Pick<LiveAnswer, 'connectSeconds' | 'message'>): boolean {
  return connectSeconds > 0 || /\bSSL connection timeout\b/i.test(message)
}

export interface LiveRequests extends Watched {
  readonly answers: readonly LiveAnswer[]
  /** Requests through nginx that were made and came to no end before the probe's own: "shop.example.com/". */
  readonly unanswered: readonly string[]
  /** Requests of any way whose answer did not arrive here: what they would have said is not known. */
  readonly lost: readonly Pick<LiveAnswer, 'way' | 'endpoint' | 'host' | 'path'>[]
  /** The end did not arrive, and questions may be missing with it. */
  readonly cut: boolean
}

/** Marks our own requests: nginx writes it into its error log, where the User-Agent does not stand, and the probes of the logs pass such lines over. */
export const ownReferrer = 'gatemedic-diagnosis'

/** Seconds that one request may take. */
export const liveSeconds = 8.5

/**
 * Harmless live requests: GET, no body, no credentials, a User-Agent of our own, side by side, each cut off after a few
 * seconds and a few hundred kB. "$@" are requests `way|scheme|endpoint|host|path`.
 *
 * Sample (curl 7.88):
 *     @live 0 0 502 n nginx/1.22.1 0.000 0.003
 *     @live 1 7 - - - 0.000 0.000 curl: (7) Failed to connect to 127.0.0.1 port 8080 after 0 ms: Couldn't connect to server
 *     @ask 0 nginx|http|127.0.0.1:80|shop.example.com|/
 *     @etag 2 "65a4f0c2-267"
 *
 * Beside them, and side by side with them: `watch` looks at a backend's connections meanwhile, `idle` keeps one open behind its answer,
 * `upgrade-nginx` and `upgrade-direct` try a websocket handshake (watch.ts).
 */
export const liveRequests = defineProbe({
  id: 'live-requests',
  command: 'curl',
  seconds: 11,
  waits: true,
  partial: true,
  cap: 65_536,
  script: `
command -v curl >/dev/null 2>&1 || { echo 'no curl on this host' >&2; exit 127; }
own='${ownReferrer}'
# An answer that is waited for until the probe itself is cut off would tell nothing.
longest=${liveSeconds}; [ "\${gm_seconds:-60}" -gt 9 ] || longest=$((gm_seconds > 2 ? gm_seconds - 1 : 1))
${watchScript}
read_out() { # curl's words in, three lines out: what went wrong, server and own page, status and times
  LC_ALL=C tr -d '\\000\\r' | awk '
      /^@w / { w = $0 } tolower($1) == "server:" && !srv { srv = $2 } tolower($1) == "etag:" && $2 ~ /^"[0-9a-f]+-[0-9a-f]+"$/ && !tag { tag = $2 }
      /<center>(nginx|openresty|angie|freenginx|Tengine)/ { page = 1 }
      /^curl: / { if (!err) err = $0; code = $2 } /^\\* (connect to|Immediate connect fail)/ { sub(/^\\* /, ""); err = $0 }
      END { if (err) print "curl: " code " " err; print "srv " (srv ? srv : "-") " " (page ? "n" : "-"); if (tag) print "tag " tag; print w }'
}
one() { # number way scheme endpoint host path
  i=$1; way=$2; scheme=$3; ep=$4; name=$5; path=$6
  case $way in
    watch) command -v ss >/dev/null 2>&1 && watch_backend "$i" "$ep"; return ;;
    idle) hold_idle "$i" "$ep" "$name" "$path" "$scheme"; return ;;
    upgrade-*) try_upgrade "$i" "$way" "$ep" "$name" "$path" "$scheme"; return ;;
  esac
  set -- -sS -k -i -v -A 'gatemedic (diagnosis)' -e '${ownReferrer}' --noproxy '*' --max-time $longest --connect-timeout 2 --limit-rate 256k --globoff
  case $ep in
    unix:*) set -- "$@" --unix-socket "\${ep#unix:}" -H "Host: $name" "$scheme://localhost$path" ;;
    *) port=\${ep##*:}; addr=\${ep%:*}; set -- "$@" --connect-to "::$addr:$port" "$scheme://$name:$port$path" ;;
  esac
  if [ "$way" = connect ]; then
    # --connect-timeout bounds the handshake; telnet:// then ends with its empty input
    out=$(curl -sS -v --noproxy '*' --connect-timeout 2 --max-time 3 -w '\\n@w - %{time_connect} %{time_total}' "telnet://$ep" </dev/null 2>&1 | read_out)
  else
    case $scheme in http|https) [ "$path" = "\${path#*[!!-~]}" ] || return ;; esac
    out=$(curl "$@" -H "Host: $name" -w '\\n@w %{http_code} %{time_connect} %{time_total}' 2>&1 | read_out)
  fi
  rc=$(printf '%s\\n' "$out" | sed -n 's/^curl: (\\([0-9]*\\)).*/\\1/p' | head -n 1); rc=\${rc:-0}
  w=$(printf '%s\\n' "$out" | sed -n 's/.*@w \\([^ ]*\\) \\([0-9.]*\\) \\([0-9.]*\\)$/\\1 \\2 \\3/p' | tail -n 1)
  s=$(printf '%s\\n' "$out" | sed -n 's/^srv \\(.*\\) \\([n-]\\)$/\\2 \\1/p' | tail -n 1)
  set -- \${w:-- 0 0}
  case $out in *"
tag "*) tag=\${out##*"
tag "}; printf '@etag %s %s\\n' "$i" "\${tag%%"
"*}" ;; esac
  printf '@live %s %s %s %s %s %s %s\\n' "$i" "$rc" "$1" "\${s:-- -}" "$2" "$3" "$(printf '%s\\n' "$out" | sed -n '/^curl: /{p;q;}' | cut -c1-200)"
}
i=0
for ask in "$@"; do
  printf '@ask %s %s\\n' $i "$ask"
  # no here-document: some shells keep those in a file
  ( IFS='|'; set -f; set -- $i $ask; unset IFS; set +f; one "$@" ) &
  i=$((i + 1))
done
wait`,
  parse(capture) {
    if (capture.exitCode === 127) return unusable('no curl on this host')
    // The last line of an answer that was cut is not whole.
    const stdout = capture.truncated ? capture.stdout.replace(/[^\n]*$/, '') : capture.stdout
    const asks = new Map<string, string[]>()
    for (const match of stdout.matchAll(/^@ask (\d+) (.*)$/gm)) asks.set(match[1] ?? '', (match[2] ?? '').split('|'))
    const etags = new Map(
      [...stdout.matchAll(/^@etag (\d+) (\S+)$/gm)].map((match) => [match[1] ?? '', match[2] ?? '']),
    )
    const answers = [...stdout.matchAll(/^@live (\d+) (\d+) (\S+) ([n-]) (\S+) (\S+) (\S+) ?(.*)$/gm)].flatMap(
      (match): LiveAnswer[] => {
        const [way = '', , endpoint = '', host = '', path = ''] = asks.get(match[1] ?? '') ?? []
        if (!isRequest(way)) return []
        const status = Number(match[3])
        const etag = etags.get(match[1] ?? '')
        return [
          {
            way,
            endpoint,
            host,
            path,
            status: status > 0 ? status : null,
            nginxPage: match[4] === 'n',
            server: match[5] === '-' ? '' : (match[5] ?? ''),
            ...(etag !== undefined && { etag }),
            // telnet:// ends with 28 or 0 once connected, whatever the listener says
            exitCode: way === 'connect' && Number(match[6]) > 0 ? 0 : Number(match[2]),
            message: match[8] ?? '',
            connectSeconds: Number(match[6]),
            totalSeconds: Number(match[7]),
          },
        ]
      },
    )
    const ended = new Set([...stdout.matchAll(/^@live (\d+) /gm)].map((match) => match[1] ?? ''))
    const lost = [...asks].flatMap(([number, [way, , endpoint = '', host = '', path = '']]) =>
      isRequest(way) && !ended.has(number) ? [{ way, endpoint, host, path }] : [],
    )
    const unanswered = lost.flatMap(({ way, host, path }) => (way === 'nginx' ? [`${host}${path}`] : []))
    // Cut off before anything came back: that nothing was answered is then not known either.
    if (capture.timedOut && ended.size === 0) return unusable(`no request was answered within ${liveSeconds} s`)
    if (capture.truncated && ended.size === 0) return unusable('the answers of the live requests did not arrive')
    const real = answers.filter((answer) => answer.way === 'connect' || answer.status !== null || answer.exitCode !== 0)
    if (real.length === 0 && answers.length > 0) return unusable('curl does not work on this host')
    const watched = readWatched(stdout, asks)
    return parsed<LiveRequests>({ answers: real, unanswered, lost, cut: capture.truncated, ...watched })
  },
})

function isRequest(way: string | undefined): way is LiveAnswer['way'] {
  return way === 'nginx' || way === 'direct' || way === 'connect'
}
