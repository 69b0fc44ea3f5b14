import { type FileHandle, mkdir, open, readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from '../log.ts'
import { type ChainHead, link, verifyText } from './chain.ts'
import type { AuditEntry, AuditLine } from './record.ts'

/** The record cannot be written or does not hold: nothing may be done on any host until a person has looked. */
export class AuditError extends Error {
  override readonly name = 'AuditError'
}

export interface Audit {
  readonly file: string
  /** On disk when it resolves; rejects with AuditError when that is not certain. */
  readonly append: (entry: AuditEntry) => Promise<AuditLine>
  /** Whether this file says that the action of this proposal was begun. */
  readonly wasStarted: (proposal: string) => boolean
  readonly close: () => Promise<void>
}

export interface AuditOptions {
  /** One chain per writer: two processes must never share a file. */
  readonly writer: string
  readonly log: Logger
  /** Copies a line to where it is easier to look at; the file stays the record. */
  readonly copy: (line: AuditLine) => Promise<void>
  readonly now: () => Date
}

/** Opens DIR/WRITER.jsonl, makes it when it is missing, and refuses to go on from a file whose chain does not hold. */
export async function openAudit(directory: string, options: AuditOptions): Promise<Audit> {
  const file = join(directory, `${options.writer}.jsonl`)
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    const text = await wholeLines(file, options)
    const verified = verifyText(text)
    if (!verified.ok)
      throw new AuditError(`audit file ${file}:${verified.line}: ${verified.reason}. Move it away to begin a new one.`)
    const handle = await open(file, 'a', 0o600)
    await syncDirectory(directory)
    return writerOn(handle, file, verified.head, startedIn(text), options)
  } catch (error) {
    if (error instanceof AuditError) throw error
    throw new AuditError(`audit file ${file} cannot be opened: ${reason(error)}`, { cause: error })
  }
}

function writerOn(
  handle: FileHandle,
  file: string,
  start: ChainHead,
  started: Set<string>,
  options: AuditOptions,
): Audit {
  let head = start
  let broken: string | null = null
  let queue: Promise<unknown> = Promise.resolve()

  async function write(entry: AuditEntry): Promise<AuditLine> {
    if (broken) throw new AuditError(`audit file ${file} cannot be written: ${broken}`)
    const { line, text } = link(head, entry)
    try {
      await handle.appendFile(text)
      await handle.sync()
    } catch (error) {
      // Half a line may be on disk: going on would hide it in the middle of the chain.
      broken = reason(error)
      throw new AuditError(`audit file ${file} cannot be written: ${broken}`, { cause: error })
    }
    head = { seq: line.seq, hash: line.hash }
    if (line.step === 'started') started.add(line.proposal)
    options.copy(line).catch((error: unknown) => options.log.warn({ err: error }, 'audit line was not copied'))
    return line
  }
  return {
    file,
    wasStarted: (proposal) => started.has(proposal),
    append: (entry) => {
      const written = queue.then(() => write(entry))
      // The next entry goes on after a failure; it is the writer that says no then.
      queue = written.catch(() => undefined)
      return written
    },
    close: async () => {
      await queue
      await handle.close()
    },
  }
}

/** The file's text up to its last whole line. What a crash left half written is set aside next to it. */
async function wholeLines(file: string, { log, now }: AuditOptions): Promise<string> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  })
  const end = text.lastIndexOf('\n') + 1
  if (end === text.length) return text
  const aside = `${file}.half-line-${now().getTime()}`
  await writeFile(aside, text.slice(end), { mode: 0o600, flush: true })
  await truncate(file, Buffer.byteLength(text.slice(0, end)))
  log.warn({ file, aside }, 'audit file ended in half a line, which was set aside')
  return text.slice(0, end)
}

function startedIn(text: string): Set<string> {
  const started = [...text.matchAll(/"proposal":"(?<id>[^"]+)".*"step":"started"/g)]
  return new Set(started.flatMap((match) => match.groups?.['id'] ?? []))
}

/** Makes the file's name itself durable (fsync(2): the directory needs a sync of its own). */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
