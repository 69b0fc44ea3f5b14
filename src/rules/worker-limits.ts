import { visit } from '../nginx/config-scope.ts'
import type { ConfigOnDisk } from '../probes/nginx-config.ts'
import { changeLines, type LineChange } from './config-line.ts'

export interface Setting {
  readonly file: string
  readonly line: number
  readonly value: string
  /** False for the place where it would be written. */
  readonly written: boolean
}

/** Where worker_connections stands, else where the events block begins; null without one in the files that were read. */
export function connectionsSetting(config: ConfigOnDisk): Setting | null {
  const seen = visit(config.model.main)
  const written = seen.find(({ directive }) => directive.name === 'worker_connections')?.directive
  if (written) return { file: written.file, line: written.line, value: written.args[0] ?? '', written: true }
  const block = seen.find(({ directive }) => directive.name === 'events')?.directive
  return block ? { file: block.file, line: block.line, value: '512', written: false } : null
}

/** Where worker_rlimit_nofile stands, else the line behind which it would be written: beside the other settings of workers. */
export function descriptorSetting(config: ConfigOnDisk): Setting | null {
  const own = config.model.main.directives
  const written = own.find(({ name }) => name === 'worker_rlimit_nofile')
  if (written) return { file: written.file, line: written.line, value: written.args[0] ?? '', written: true }
  const near =
    own.findLast(({ name, file }) => file === config.main && /^(worker_processes|user)$/.test(name)) ??
    own.find(({ name }) => name === 'events')
  return near ? { file: near.file, line: near.line, value: '', written: false } : null
}

/** Four times as many, and at least 1024: what the error shows is only that the number was reached. */
export function suggestedConnections(configured: number): number {
  return Math.max(1024, configured * 4)
}

/** What one process may have now, and what root may still give it: more than `hard` takes CAP_SYS_RESOURCE (setrlimit(2)), which containers lack. */
export interface Allowance {
  readonly soft: number | null
  readonly hard: number | null
}

/** More connections, and as many descriptors as they take: a proxied request holds two sockets (ngx_http_upstream.c). */
export function moreConnections(config: ConfigOnDisk, { soft, hard }: Allowance): string | null {
  const setting = connectionsSetting(config)
  if (!setting) return null
  const wanted = suggestedConnections(config.model.workerConnections)
  const change = connectionsChange(config, setting, wanted)
  if (!change) return null
  const limit = descriptorSetting(config)
  const allowed = limit?.written ? Number(limit.value) : soft
  const descriptors = Math.min(2 * wanted, hard ?? Infinity)
  if (limit === null || limit.file !== setting.file || (allowed !== null && allowed >= descriptors))
    return changeLines(config, setting.file, [change])
  const raise = descriptorChange(config, limit, descriptors)
  if (!raise || raise.number === change.number) return changeLines(config, setting.file, [change])
  return changeLines(config, setting.file, [change, raise])
}

/** A diff that lets workers have that many descriptors; null when there is no place for it. */
export function moreDescriptors(config: ConfigOnDisk, wanted: number): string | null {
  const setting = descriptorSetting(config)
  const change = setting && descriptorChange(config, setting, wanted)
  return setting && change ? changeLines(config, setting.file, [change]) : null
}

function lineOf(config: ConfigOnDisk, { file, line }: Setting): string | null {
  return config.files.get(file)?.split('\n')[line - 1] ?? null
}

function connectionsChange(config: ConfigOnDisk, setting: Setting, wanted: number): LineChange | null {
  const text = lineOf(config, setting)
  if (text === null) return null
  if (setting.written) {
    const changed = text.replace(/(worker_connections\s+)\d+/, `$1${wanted}`)
    return changed === text ? null : { number: setting.line, by: [changed] }
  }
  const opened = /^(\s*)events\s*\{\s*(\}?)/.exec(text)
  if (!opened) return null
  if (opened[2] === '}')
    return { number: setting.line, by: [text.replace(/\{\s*\}/, `{ worker_connections ${wanted}; }`)] }
  return { number: setting.line, by: [text, `${opened[1] ?? ''}    worker_connections ${wanted};`] }
}

function descriptorChange(config: ConfigOnDisk, setting: Setting, wanted: number): LineChange | null {
  const text = lineOf(config, setting)
  if (text === null) return null
  if (setting.written) {
    const changed = text.replace(/(worker_rlimit_nofile\s+)\d+/, `$1${wanted}`)
    return changed === text ? null : { number: setting.line, by: [changed] }
  }
  // Several directives in one line, or a block that begins in it: nobody can say what stands behind it.
  if (!/^\s*events\b/.test(text) && /[{}]/.test(text)) return null
  const added = `${/^\s*/.exec(text)?.[0] ?? ''}worker_rlimit_nofile ${wanted};`
  // In front of the events block, behind a setting of workers.
  const by = /^\s*events\b/.test(text) ? [added, text] : [text, added]
  return { number: setting.line, by }
}
