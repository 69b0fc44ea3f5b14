import { parsed, unusable } from '../diagnosis/fact.ts'
import { nginxFoundScript } from './nginx-found-script.ts'
import { defineProbe } from './probe.ts'

export interface NginxBuild {
  /** "nginx/1.22.1". */
  readonly product: string
  /** [1, 22, 1]. */
  readonly version: readonly number[]
  readonly configureArguments: string
}

/**
 * Version and build options of the nginx that is judged: the one that runs, else the one of its unit, else the one on PATH.
 *
 * Sample: nginx version: nginx/1.22.1 / built with OpenSSL 3.0.8 / configure arguments: --prefix=/usr/share/nginx ...
 */
export const nginxBuild = defineProbe({
  id: 'nginx-build',
  command: 'nginx -V',
  seconds: 3,
  cap: 16_384,
  script: `${nginxFoundScript}
if [ -n "$not_run" ]; then echo "$not_run was not run: others than root may change it" >&2; exit 126; fi
[ -n "$elsewhere" ] && { echo "nginx runs in a container, or with files of its own (pid $elsewhere): its program is not seen from here" >&2; exit 126; }
[ -n "$bin" ] || { echo 'no nginx was found' >&2; exit 127; }
printf '%s\\n' "$build"`,
  parse(capture) {
    if (capture.exitCode === 127) return unusable('no nginx binary on this host')
    if (capture.exitCode === 126) return unusable('nginx -V was not run')
    const product = /(?:nginx|Angie|freenginx|Tengine|openresty) version: (\S+)/i.exec(capture.stdout)?.[1]
    if (!product) return unusable('nginx -V did not name a version')
    return parsed<NginxBuild>({
      product,
      version: (/(\d+)\.(\d+)\.(\d+)/.exec(product) ?? []).slice(1).map(Number),
      configureArguments: /configure arguments: (.*)/.exec(capture.stdout)?.[1] ?? '',
    })
  },
})
