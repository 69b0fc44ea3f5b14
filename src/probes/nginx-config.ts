import { parsed, unusable } from '../diagnosis/fact.ts'
import { buildPaths } from '../nginx/build-paths.ts'
import { splitDump } from '../nginx/config-dump.ts'
import { type ConfigModel, model } from '../nginx/config-model.ts'
import { parseConfig } from '../nginx/config-parse.ts'
import { sections } from './lines.ts'
import { nginxConfigScript } from './nginx-config-script.ts'
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
  script: nginxConfigScript,
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
