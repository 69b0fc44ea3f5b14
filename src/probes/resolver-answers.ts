import { parsed, unusable } from '../diagnosis/fact.ts'
import { sections } from './lines.ts'
import { defineProbe } from './probe.ts'

/** What one name server said about one name. */
export interface ResolverAnswer {
  /** As the configuration writes it: "127.0.0.53", "10.0.0.53:5353", "[fd00::53]". */
  readonly server: string
  readonly name: string
  /** noerror with an address; no-data: the name is there and has none; timeout and refused speak of the server itself. */
  readonly outcome:
    | 'noerror'
    | 'no-data'
    | 'nxdomain'
    | 'servfail'
    | 'refused-by-server'
    | 'timeout'
    | 'refused'
    | 'other'
  readonly addresses: readonly string[]
  readonly text: string
}

/**
 * The name servers of `resolver` directives, asked for names of the configuration. "$@" are questions `SERVER|PORT|NAME`.
 *
 * Sample (dig 9.18):
 *     @asked 10.0.0.53|53|app.internal
 *     ;; ->>HEADER<<- opcode: QUERY, status: NXDOMAIN, id: 4711
 *     @asked 127.0.0.1|5353|app.internal
 *     ;; communications error to 127.0.0.1#5353: connection refused
 */
export const resolverAnswers = defineProbe({
  id: 'resolver-answers',
  command: 'dig @RESOLVER NAME',
  seconds: 6,
  waits: true,
  cap: 16_384,
  script: `
tool=
for t in dig nslookup host; do command -v $t >/dev/null 2>&1 && { tool=$t; break; }; done
[ -n "$tool" ] || { echo 'no dig, nslookup or host on this host' >&2; exit 127; }
for ask in "$@"; do
  { IFS='|'; set -f; set -- $ask; unset IFS; set +f
    case $tool in
      dig) out=$(timeout 4 dig +time=2 +tries=1 +noall +comments +answer -p "$2" "@$1" "$3." A "$3." AAAA 2>&1) ;;
      nslookup) out=$(timeout 4 nslookup -port="$2" -timeout=2 -retry=1 "$3." "$1" 2>&1 </dev/null) ;;
      host) out=$(timeout 4 host -W 2 -R 1 -p "$2" "$3." "$1" 2>&1) ;;
    esac
    rc=$?
    [ $rc = 124 ] && out=";; connection timed out"
    printf '@asked %s\\n%s\\n' "$ask" "$(printf '%s\\n' "$out" | grep . | head -n 24 | cut -c1-200)"; } &
done
wait`,
  parse(capture) {
    if (capture.exitCode === 127) return unusable('no dig, nslookup or host on this host')
    if (capture.truncated) return unusable('the answers of the name servers were cut off')
    const answers = sections(capture.stdout, ['asked']).map((part): ResolverAnswer => {
      const [server = '', port = '53', name = ''] = part.rest.split('|')
      const text = part.body.filter((line) => line.trim() !== '').join('\n')
      const addresses = addressesIn(text)
      const shown = server.includes(':') ? `[${server}]` : server
      return {
        server: port === '53' ? shown : `${shown}:${port}`,
        name,
        outcome: outcomeOf(text, addresses),
        addresses,
        text,
      }
    })
    return parsed<{ readonly answers: readonly ResolverAnswer[] }>({ answers })
  },
})

/** dig: "app.internal. 60 IN A 10.0.0.7"; host: "app.internal has address 10.0.0.7"; nslookup names the server first, then "Name:" and "Address: 10.0.0.7". */
function addressesIn(text: string): readonly string[] {
  const named = text.slice(Math.max(0, text.search(/^Name:/m)))
  const found = [
    ...text.matchAll(/\sIN\s+A{1,4}\s+([0-9a-fA-F.:]+)$/gm),
    ...text.matchAll(/\bhas (?:IPv6 )?address ([0-9a-fA-F.:]+)$/gm),
    ...(named.startsWith('Name:') ? named.matchAll(/^Address(?: \d+)?:\s+([0-9a-fA-F.:]+)\s*$/gm) : []),
  ].flatMap((match) => match[1] ?? [])
  return [...new Set(found)]
}

/** Words of BIND's tools and of busybox under LC_ALL=C; DNS codes by name (RFC 1035, 4.1.1). */
function outcomeOf(text: string, addresses: readonly string[]): ResolverAnswer['outcome'] {
  if (addresses.length > 0) return 'noerror'
  if (/connection refused/i.test(text)) return 'refused'
  if (/timed out|no servers could be reached|no response from|host unreachable|network unreachable/i.test(text))
    return 'timeout'
  if (/NXDOMAIN/.test(text)) return 'nxdomain'
  if (/SERVFAIL/.test(text)) return 'servfail'
  if (/status: REFUSED|\bREFUSED\b/.test(text)) return 'refused-by-server'
  return /status: NOERROR|has no A record|No answer/.test(text) ? 'no-data' : 'other'
}
