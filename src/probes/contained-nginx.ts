import { parsed, unusable } from '../diagnosis/fact.ts'
import { buildPaths } from '../nginx/build-paths.ts'
import { splitDump } from '../nginx/config-dump.ts'
import { type ConfigModel, model } from '../nginx/config-model.ts'
import { parseConfig } from '../nginx/config-parse.ts'
import type { ErrorLine } from '../nginx/error-line.ts'
import { readErrorLog } from '../nginx/error-log.ts'
import { containedNginxScript } from './contained-nginx-script.ts'
import { sections } from './lines.ts'
import { defineProbe } from './probe.ts'

/** An entry of its log, of the last ten minutes. */
export interface ContainedLine {
  readonly line: ErrorLine
  readonly text: string
}

/** An nginx in a container, as far as the host shows it. */
export interface ContainedNginx {
  readonly pid: number
  readonly engine: 'podman' | 'docker' | null
  /** null where the control group names none. */
  readonly container: string | null
  /** Path of the main file, as nginx in the container has it. */
  readonly main: string
  readonly files: ReadonlyMap<string, string>
  readonly model: ConfigModel
  /** Oldest first; null where its log was not found. */
  readonly recent: readonly ContainedLine[] | null
}

/**
 * The configuration and the log of an nginx that has files and a network of its own, for root only: a sudoers line that let anybody look through
 * /proc/PID/root would have to leave the path open. "$1" is the pid of its master; without one the value is null.
 *
 * Sample (Debian 12, docker 20.10.24; cut):
 *     @container 452 docker f1ec112388071015a85c126f3e80c433dfdaa1336c64a498f1f6cb5f7e8d2f13 /etc/nginx/nginx.conf
 *     @log
 *     @lines 4 /var/log/nginx/error.log
 *     2026/11/22 03:35:12 [error] 8#8: *3 connect() failed (111: Connection refused) while connecting to upstream, client: 172.17.0.1, ...
 *     @files
 *     # configuration file /etc/nginx/nginx.conf:
 *     user www-data;
 *     @end
 */
export const containedNginx = defineProbe({
  id: 'contained-nginx',
  command: 'cat /proc/PID/root/etc/nginx/*; docker logs --since 10m CONTAINER',
  seconds: 6,
  cap: 2_097_152,
  script: containedNginxScript,
  parse(capture) {
    if (capture.stdout === '' && capture.exitCode === 0) return parsed<ContainedNginx | null>(null)
    if (capture.exitCode === 126) return unusable('only root may look into the container')
    const at = capture.stdout.indexOf('\n@files\n')
    const end = capture.stdout.lastIndexOf('\n@end')
    if (capture.truncated || at < 0 || end < at) return unusable('the files of the container could not be read')
    const parts = sections(capture.stdout.slice(0, at), ['container', 'log', 'lines'])
    const head = /^(\d+) (podman|docker|-) ([0-9a-f]{64}|-) (\/\S+)$/.exec(
      parts.find(({ name }) => name === 'container')?.rest ?? '',
    )
    const files = splitDump(capture.stdout.slice(at + 8, end + 1)).files
    if (!head || files.size === 0) return unusable('the files of the container could not be read')
    const main = head[4] ?? ''
    const logs = parts.filter(({ name }) => name === 'lines')
    return parsed<ContainedNginx | null>({
      pid: Number(head[1]),
      engine: head[2] === 'podman' || head[2] === 'docker' ? head[2] : null,
      container: head[3] === '-' ? null : (head[3] ?? null),
      main,
      files,
      model: model(parseConfig(files, main), buildPaths('')),
      recent: logs.length === 0 ? null : logs.flatMap(({ rest, body }) => recentOf(rest, body)),
    })
  },
})

const recentSeconds = 600

/** The engine gave the last minutes; of a file those count that are as young by its own stamps, held against when it was written last. */
function recentOf(rest: string, body: readonly string[]): ContainedLine[] {
  const entries = readErrorLog(body.join('\n'))
    .filter(({ possiblyForged }) => !possiblyForged)
    .map(({ line, raw }) => ({ line, text: raw }))
  const age = rest === 'engine' ? 0 : Number(rest.split(' ')[0])
  const newest = stampOf(entries.at(-1)?.line)
  return entries.filter(({ line }) => rest === 'engine' || newest - stampOf(line) <= (recentSeconds - age) * 1000)
}

/** Only differences of stamps count: the zone of the container does not matter. */
function stampOf(line: ErrorLine | undefined): number {
  return Date.parse(`${line?.time ?? ''}Z`)
}
