import { posix } from 'node:path'
import type { BuildPaths } from './build-paths.ts'
import type { Directive } from './config-parse.ts'

export type LogTarget =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'syslog'; readonly text: string }
  | { readonly kind: 'stderr' }
  | { readonly kind: 'memory' }
  /** A path with variables: one file per value. */
  | { readonly kind: 'variable'; readonly text: string }
  | { readonly kind: 'off' }

/** file and line are null for the log that nginx keeps without being told to. */
export interface ErrorLog {
  readonly target: LogTarget
  readonly level: string
  readonly serverNames: readonly string[]
  readonly file: string | null
  readonly line: number | null
}

export interface AccessLog {
  readonly target: LogTarget
  readonly format: string
  readonly serverNames: readonly string[]
  readonly file: string | null
  readonly line: number | null
}

export function errorLogOf(directive: Directive, serverNames: readonly string[], build: BuildPaths): ErrorLog {
  const { args, file, line } = directive
  return { target: logTarget(args[0] ?? '', build), level: args[1] ?? 'error', serverNames, file, line }
}

export function accessLogOf(directive: Directive, serverNames: readonly string[], build: BuildPaths): AccessLog {
  const { args, file, line } = directive
  const target = args[0] === 'off' ? ({ kind: 'off' } as const) : logTarget(args[0] ?? '', build)
  const format = args[1] === undefined || args[1].includes('=') ? 'combined' : args[1]
  return { target, format, serverNames, file, line }
}

/** Where a log named in a configuration, or by the build, goes. */
export function logTarget(text: string, build: BuildPaths): LogTarget {
  if (text === 'stderr') return { kind: 'stderr' }
  if (text.startsWith('syslog:')) return { kind: 'syslog', text: text.slice(7) }
  if (text.startsWith('memory:')) return { kind: 'memory' }
  if (text.includes('$')) return { kind: 'variable', text }
  return { kind: 'file', path: fromPrefix(text, build) }
}

export function fromPrefix(path: string, build: BuildPaths): string {
  return path.startsWith('/') ? path : posix.join(build.prefix, path)
}
