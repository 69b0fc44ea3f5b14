import { pino, type DestinationStream, type Logger } from 'pino'

export type { Logger } from 'pino'

/** Field names whose values never reach a log line, at the top and one level down. */
const secretFields = [
  'token',
  'secret',
  'password',
  'authorization',
  'responseUrl',
  'url',
  'botToken',
  'appToken',
  'signingSecret',
]

/** Slack tokens and passwords inside URLs, wherever they hide in a text (errors of clients quote what they were given). */
const secretText = /\bx(?:ox[a-z]|app)-[A-Za-z0-9-]+|(?<=:\/\/[^\s:/@]{0,100}:)[^\s@/]+(?=@)/g

/** JSON lines on stdout. Messages are constant sentences, values are fields. */
export function createLog(level: string, to?: DestinationStream): Logger {
  const paths = secretFields.flatMap((field) => [field, `*.${field}`])
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths, censor: '[secret]' },
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: errorFields },
      hooks: { streamWrite: (line) => line.replace(secretText, '[secret]') },
    },
    to,
  )
}

/** Name and message of an error and of what caused it; the stack only where it is a bug, not where a person reads along. */
function errorFields(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const cause = error.cause instanceof Error ? errorFields(error.cause) : undefined
  return { name: error.name, message: error.message, ...(cause === undefined ? {} : { cause }) }
}
