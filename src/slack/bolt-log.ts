import { LogLevel } from '@slack/bolt'
import type { Logger } from '@slack/bolt'
import type { SlackParts } from './parts.ts'

/** Bolt's own log lines in ours. Below warnings they carry whole payloads, which hold text of people and are left out. */
export function boltLog(log: SlackParts['log']): Logger {
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...said) => log.warn({ bolt: line(said) }, 'bolt warns'),
    error: (...said) => log.error({ bolt: line(said) }, 'bolt reports an error'),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  }
}

function line(said: readonly unknown[]): string {
  return said
    .map((part) => (part instanceof Error ? part.message : String(part)))
    .join(' ')
    .slice(0, 1000)
}
