import { parsed, unusable } from '../diagnosis/fact.ts'
import { buildPaths } from '../nginx/build-paths.ts'
import { splitDump } from '../nginx/config-dump.ts'
import { type ConfigModel, model } from '../nginx/config-model.ts'
import { parseConfig } from '../nginx/config-parse.ts'
import { sections } from './lines.ts'
import { logWindowScript } from './log-window.ts'
import { defineProbe } from './probe.ts'

/** What `nginx -T` said of the configuration on disk. */
export type ConfigTest =
  | { readonly kind: 'passed' }
  /** `errors`: its [emerg] lines, "nginx: [emerg] unknown directive ..." */
  | { readonly kind: 'failed'; readonly errors: readonly string[] }
  /** Not run, or run by a user whose own lack of rights it would report. */
  | { readonly kind: 'unknown'; readonly reason: string }

export interface ConfigFile {
  readonly path: string
  readonly kind: 'file' | 'directory' | 'link'
  /** Seconds since the epoch. mtime can be set by anyone, ctime cannot. */
  readonly mtime: number
  readonly ctime: number
  readonly size: number
}

export interface ConfigOnDisk {
  readonly main: string
  readonly test: ConfigTest
  readonly files: ReadonlyMap<string, string>
  readonly stats: readonly ConfigFile[]
  /** sha256 of the dump as `nginx -T` prints it; null without a dump. */
  readonly dumpHash: string | null
  /** The text came from `nginx -T`, so it is complete; else it was read file by file. */
  readonly dumped: boolean
  /** What the files say, parsed. */
  readonly model: ConfigModel
}

/**
 * The configuration on disk: `nginx -T` once, as root, with the running master's -c and -p; else the files one by one.
 *
 * -T does what a start does up to the fork, so it would chown temp paths when `user` on disk is not the workers' user:
 * then it is left out and named. Run by an ordinary user only syntax errors count, its (13) are the user's own.
 *
 * Sample:
 *     @conf /etc/nginx/nginx.conf
 *     @mode root
 *     @test 0 5f1c2a...
 *     nginx: configuration file /etc/nginx/nginx.conf test is successful
 *     @dump nginx
 *     # configuration file /etc/nginx/nginx.conf:
 *     user www-data;
 *     @end
 *     @stats
 *     f 1795230000 1795230000 1482 /etc/nginx/nginx.conf
 */
export const nginxConfig = defineProbe({
  id: 'nginx-config',
  command: 'nginx -T',
  seconds: 8,
  cap: 3_145_728,
  script: `${logWindowScript}
[ -n "$bin" ] || [ -n "$not_run" ] || { echo 'no nginx binary on this host' >&2; exit 127; }
echo "@conf $conf"
echo '@build'; printf '%s\\n' "$build" | head -c 8192; echo
disk_user=$(sed -n 's/^[[:space:]]*user[[:space:]][[:space:]]*\\([A-Za-z0-9_.-]*\\).*/\\1/p' "$conf" 2>/dev/null | head -n 1)
[ -n "$disk_user" ] || disk_user=$(built user)
worker_user=
for d in /proc/[0-9]*; do
  case $(tr '\\0' ' ' <"$d/cmdline" 2>/dev/null | head -c 60) in
    'nginx: worker process'*|'angie: worker process'*)
      [ -z "$master" ] || [ "$(sed -n 's/^PPid:[[:space:]]*//p' "$d/status" 2>/dev/null)" = "$master" ] || continue
      worker_user=$(stat -c %U "$d"); break ;;
  esac
done
# a test as root makes temporary folders that are gone and gives others back to that user: on a running nginx that would mend what is asked about
touched=
if [ -n "$worker_user" ]; then
  for u in client-body proxy fastcgi uwsgi scgi; do
    for f in $(built "http-$u-temp-path") $(directive_paths "$(echo "$u" | tr - _)_temp_path"); do
      case $f in /*) ;; *) f=$prefix/$f ;; esac
      [ -x "\${f%/*}" ] || continue
      [ "$(stat -L -c %U "$f" 2>/dev/null)" = "$disk_user" ] || touched=$f
    done
  done
fi
set --
own_conf=$(option c); [ -n "$own_conf" ] && [ "$conf" != "$(built conf-path)" ] && set -- "$@" -c "$conf"
own_prefix=$(option p); [ -n "$own_prefix" ] && [ "\${own_prefix%/}" != "$(built prefix)" ] && set -- "$@" -p "$prefix"
mode=root; rc=; out=
# the line behind keeps the end of the dump as it is, so that its hash is that of what nginx wrote
split_rc() { rc=\${out##*rc }; out=\${out%rc *}; }
if [ -n "$not_run" ]; then
  mode="left-out others than root may change $not_run"
elif [ -n "$account" ] && [ "$account" != root ]; then
  # as root the test would make logs and pid file that this user could not write to
  if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null 2>&1; then
    mode="as $account"
    out=$(setpriv --reuid="$account" --regid="$(id -g "$account")" --init-groups "$bin" -T "$@" 2>&1; echo "rc $?"); split_rc
  else
    mode="left-out it starts as $account, and only root may try it as that user"
  fi
elif [ -n "$worker_user" ] && [ "$(id -u)" = 0 ] && [ "$disk_user" != "$worker_user" ] && [ "$worker_user" != root ]; then
  mode="left-out the user on disk is $disk_user, the running workers are $worker_user"
elif [ -n "$touched" ]; then
  mode="left-out it would change $touched"
else
  out=$(as_root "$bin" -T "$@" 2>&1; echo "rc $?"); split_rc
  [ "$rc" = 126 ] && { mode=user; out=$("$bin" -T "$@" 2>&1; echo "rc $?"); split_rc; }
fi
case $out in *'# configuration file '*) dumped=yes ;; *) dumped= ;; esac
dump() { printf '%s' "$out" | sed -n '/^# configuration file /,$p'; }
echo "@mode $mode"
echo "@test $rc $([ -n "$dumped" ] && dump | sha256sum 2>/dev/null | cut -d' ' -f1)"
printf '%s\\n' "$out" | sed '/^# configuration file /,$d' | grep -E '^(nginx|angie|openresty|freenginx|tengine): |^[0-9/]+ [0-9:]+ \\[' | cut -c1-1000 | head -n 40
if [ -n "$dumped" ]; then
  echo '@dump nginx'; dump
else
  echo '@dump files'
  find -L "$confdir" -maxdepth 4 -type f -size -512k 2>/dev/null | sort | head -n 300 | while read -r f; do
    case $f in *.pem|*.key|*.crt|*.p12|*htpasswd*|*.mmdb) continue ;; esac
    [ -r "$f" ] && LC_ALL=C grep -qI . "$f" && { printf '# configuration file %s:\\n' "$f"; cat "$f"; echo; }
  done
fi
echo '@end'
echo '@stats'
find "$confdir" -maxdepth 4 2>/dev/null | head -n 600 | while read -r f; do
  if [ -L "$f" ]; then k=l; elif [ -d "$f" ]; then k=d; else k=f; fi
  stat -c "$k %Y %Z %s %n" "$f"
  [ $k = l ] && stat -L -c "f %Y %Z %s %n" "$f"
done 2>/dev/null
true`,
  parse(capture) {
    if (capture.exitCode === 127) return unusable('no nginx binary on this host')
    if (capture.exitCode === 4) return unusable('the configuration is not seen from here')
    if (capture.truncated) return unusable('the configuration is larger than 3 MiB')
    const parts = sectionsOfCapture(capture.stdout)
    if (!parts) return unusable('the configuration could not be read')
    return parsed<ConfigOnDisk>(parts)
  },
})

function sectionsOfCapture(text: string): ConfigOnDisk | null {
  const dumpAt = text.search(/^@dump (nginx|files)$/m)
  const end = text.lastIndexOf('\n@end\n')
  const head = sections(dumpAt < 0 ? text : text.slice(0, dumpAt), ['conf', 'build', 'mode', 'test'])
  const main = head.find((part) => part.name === 'conf')?.rest
  if (!main || dumpAt < 0) return null

  const bodyAt = text.indexOf('\n', dumpAt) + 1
  const body = text.slice(bodyAt, end < 0 ? undefined : end + 1)
  const dumped = text.startsWith('@dump nginx', dumpAt)
  const files = splitDump(body).files
  if (files.size === 0) return null

  const tested = head.find((part) => part.name === 'test')
  const [status = '', hash] = (tested?.rest ?? '').split(' ')
  const mode = head.find((part) => part.name === 'mode')?.rest ?? ''
  return {
    main,
    test: testOf(mode, status, tested?.body ?? []),
    files,
    stats: end < 0 ? [] : readStats(text.slice(end)),
    dumpHash: dumped && mode === 'root' && hash ? hash : null,
    dumped,
    model: model(
      parseConfig(files, main),
      buildPaths(head.find((part) => part.name === 'build')?.body.join('\n') ?? ''),
    ),
  }
}

function testOf(mode: string, status: string, messages: readonly string[]): ConfigTest {
  const errors = messages.filter((line) => /^(?:\w+: |[\d/]+ [\d:]+ )\[(?:emerg|crit)\]/.test(line))
  if (mode === 'root')
    return status === '0' ? { kind: 'passed' } : { kind: 'failed', errors: errors.length ? errors : messages }
  if (mode.startsWith('as ')) return testAs(mode.slice(3), status, errors)
  if (mode.startsWith('left-out')) return { kind: 'unknown', reason: `nginx -T was left out: ${mode.slice(9)}` }
  // OpenSSL has numbers of its own: 0x80000000 and the errno in version 3, the text alone before.
  const syntax = errors.filter((line) => !/\(13: |error:8000000D:|:Permission denied|: Permission denied\)/.test(line))
  if (syntax.length > 0) return { kind: 'failed', errors: syntax }
  return { kind: 'unknown', reason: 'sudo refused: nginx -T' }
}

/** Tried as the user that its unit starts it as, without the capabilities that the unit may give: a port that was denied says nothing. */
function testAs(account: string, status: string, errors: readonly string[]): ConfigTest {
  if (status === '0') return { kind: 'passed' }
  const real = errors.filter((line) => !/bind\(\) to \S+ failed \(13: /.test(line))
  return real.length > 0
    ? { kind: 'failed', errors: real }
    : { kind: 'unknown', reason: `nginx -t as ${account} could not bind, which its unit may allow` }
}

function readStats(text: string): ConfigFile[] {
  return text.split('\n').flatMap((line): ConfigFile[] => {
    const match = /^([fdl]) (\d+) (\d+) (\d+) (\/.*)$/.exec(line)
    if (!match) return []
    const kind = match[1] === 'd' ? 'directory' : match[1] === 'l' ? 'link' : 'file'
    return [{ kind, mtime: Number(match[2]), ctime: Number(match[3]), size: Number(match[4]), path: match[5] ?? '' }]
  })
}
