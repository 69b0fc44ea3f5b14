import { parsed, unusable } from '../diagnosis/fact.ts'
import { defineProbe } from './probe.ts'

export interface NginxBuild {
  /** "nginx/1.22.1". */
  readonly product: string
  /** [1, 22, 1]. */
  readonly version: readonly number[]
  readonly configureArguments: string
}

/**
 * Version and build options of the nginx on PATH.
 *
 * Sample: nginx version: nginx/1.22.1 / built with OpenSSL 3.0.8 / configure arguments: --prefix=/usr/share/nginx ...
 */
export const nginxBuild = defineProbe({
  id: 'nginx-build',
  command: 'nginx -V',
  seconds: 3,
  cap: 16_384,
  script: `
for n in nginx openresty angie freenginx tengine; do
  command -v "$n" >/dev/null 2>&1 && { "$n" -V 2>&1; exit; }
done
echo 'no nginx on PATH' >&2; exit 127`,
  parse(capture) {
    if (capture.exitCode === 127) return unusable('no nginx binary on this host')
    const product = /nginx version: (\S+)/.exec(capture.stdout)?.[1]
    if (!product) return unusable('nginx -V did not name a version')
    return parsed<NginxBuild>({
      product,
      version: (/(\d+)\.(\d+)\.(\d+)/.exec(product) ?? []).slice(1).map(Number),
      configureArguments: /configure arguments: (.*)/.exec(capture.stdout)?.[1] ?? '',
    })
  },
})
