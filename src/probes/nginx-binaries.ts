import { parsed, unusable } from '../diagnosis/fact.ts'
import { defineProbe } from './probe.ts'

interface NginxBinaries {
  /** What the master runs, as the kernel names it: " (deleted)" behind the path when the file was replaced; null when we may not ask. */
  readonly exe: string | null
  /** The program and its modules as they are on disk; ctime in seconds since the epoch. */
  readonly files: readonly { readonly path: string; readonly ctime: number }[]
}

/**
 * Whether program or modules were replaced under the running master. "$1" is its pid, the rest are module files that the
 * configuration loads.
 *
 * Sample (Debian 12):
 *     exe /usr/sbin/nginx (deleted)
 *     file 1795230491 /usr/sbin/nginx
 *     file 1795230491 /usr/lib/nginx/modules/ngx_http_echo_module.so
 */
export const nginxBinaries = defineProbe({
  id: 'nginx-binaries',
  command: 'readlink /proc/PID/exe; stat -c %Z BINARY MODULE',
  seconds: 3,
  cap: 8192,
  script: `
exe=$(readlink "/proc/$1/exe" 2>/dev/null)
echo "exe \${exe:--}"
bin=\${exe% (deleted)}
[ -n "$bin" ] || bin=$(tr '\\000' '\\n' <"/proc/$1/cmdline" 2>/dev/null | sed -n '1s/^nginx: master process \\(\\/[^ ]*\\).*/\\1/p')
case $bin in /*) ;; *) bin=$(command -v nginx) ;; esac
shift
for f in "$bin" "$@"; do stat -L -c 'file %Z %n' "$f" 2>/dev/null; done
true`,
  parse(capture) {
    if (capture.truncated) return unusable('the answer was cut')
    const exe = /^exe (.+)$/m.exec(capture.stdout)?.[1] ?? '-'
    return parsed<NginxBinaries>({
      exe: exe === '-' ? null : exe,
      files: [...capture.stdout.matchAll(/^file (\d+) (.+)$/gm)].map((match) => ({
        ctime: Number(match[1]),
        path: match[2] ?? '',
      })),
    })
  },
})
