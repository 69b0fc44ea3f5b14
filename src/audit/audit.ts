import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Logger } from '../log.ts'
import type { Signer, Verifier } from '../signing/signed.ts'
import { type Anchor, anchorInFile } from './anchors.ts'
import { link, verifyText } from './chain.ts'
import { type AuditHead, missing, readHead, signHead } from './head.ts'
import { aloneIn, aloneOn } from './alone.ts'
import { frozenIn, noteFreeze, type RecordedFreeze } from './frozen.ts'
import type { AuditEntry, AuditLine } from './record.ts'
import { wholeLines } from './whole-lines.ts'

/** The record cannot be written or does not hold: nothing may be done on any host until a person has looked. */
export class AuditError extends Error {
  override readonly name = 'AuditError'
}

export interface Audit {
  readonly file: string
  readonly writer: string
  /** On disk when it resolves; rejects with AuditError when that is not certain. */
  readonly append: (entry: AuditEntry) => Promise<AuditLine>
  /** Whether this file says that the action of this proposal was begun. */
  readonly wasStarted: (proposal: string) => boolean
  /** When somebody last went on alone on this host by this file, ISO; null: never. */
  readonly aloneAt: (host: string) => string | null
  /** The freezes that this file says were made and not lifted; some may have run out. */
  readonly frozen: () => readonly RecordedFreeze[]
  /** The newest line of another writer's chain that this one has noted; 0: none. */
  readonly witnessed: (writer: string) => number
  readonly close: () => Promise<void>
}

export interface AuditOptions {
  /** One chain per writer: two processes must never share a file. */
  readonly writer: string
  /** The keys of this side, by which it knows its own heads again. */
  readonly signer: Signer
  readonly self: Verifier
  /** Further places for heads, beside the file next to the record. */
  readonly anchors: readonly Anchor[]
  readonly log: Logger
  /** Copies a line to where it is easier to look at; the file stays the record. */
  readonly copy: (line: AuditLine) => Promise<void>
  readonly now: () => Date
}

interface Known {
  readonly started: Set<string>
  readonly alone: Map<string, string>
  readonly frozen: Map<string, RecordedFreeze>
  readonly witnessed: Map<string, number>
}

/**
 * Opens DIR/WRITER.jsonl, makes it when it is missing, and refuses to go on from a file whose chain does not hold or has lost lines at its end.
 * A half line that a crash left is set aside, and the chain says so.
 */
export async function openAudit(directory: string, options: AuditOptions): Promise<Audit> {
  const file = join(directory, `${options.writer}.jsonl`)
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    const { text, aside } = await wholeLines(file, options.now())
    const verified = verifyText(text)
    if (!verified.ok)
      throw new AuditError(`audit file ${file}:${verified.line}: ${verified.reason}. Move it away to begin a new one.`)
    const anchors = [anchorInFile(file), ...options.anchors]
    for (const anchor of anchors) await holdAgainst(file, text, anchor, options)
    const handle = await open(file, 'a', 0o600)
    await syncDirectory(directory)
    const known = {
      started: startedIn(text),
      alone: aloneIn(text),
      frozen: frozenIn(text),
      witnessed: witnessedIn(text),
    }
    const head: AuditHead = { ...verified.head, writer: options.writer, worth: verified.head.seq }
    const audit = writerOn(handle, file, head, known, anchors, options)
    // Also after a change of keys: what is noted is signed with the newest.
    await noteHead(signHead(options.signer, head), anchors, options)
    if (aside) {
      options.log.warn({ file, aside: aside.file }, 'audit file ended in half a line, which was set aside')
      const at = options.now().toISOString()
      await audit.append({ step: 'set-aside', file: basename(aside.file), bytes: aside.bytes, at })
    }
    return audit
  } catch (error) {
    if (error instanceof AuditError) throw error
    throw new AuditError(`audit file ${file} cannot be opened: ${reason(error)}`, { cause: error })
  }
}

/** Throws AuditError when the file is shorter than, or another than, the one whose head was noted there. */
async function holdAgainst(file: string, text: string, anchor: Anchor, { self, writer, log }: AuditOptions) {
  const noted = await anchor.read()
  if (noted === null) return
  const read = readHead(noted, [self])
  if (!read.ok || read.head.writer !== writer) {
    const because = read.ok ? 'it is the head of another writer' : read.because
    if (anchor.sure) throw new AuditError(`audit file ${file}: its head in ${anchor.name} does not hold: ${because}`)
    log.error({ anchor: anchor.name, because }, 'a noted head of the audit does not hold')
    return
  }
  const lost = missing(text, read.head)
  if (lost !== null)
    throw new AuditError(
      `audit file ${file}: ${lost} (${anchor.name}). Put the file back; if you took it away on purpose, take its heads away as well (${headsOf(file, writer)}).`,
    )
}

function headsOf(file: string, writer: string): string {
  return `${anchorInFile(file).name}, and redis-cli HDEL gatemedic:audit:heads ${writer}`
}

function writerOn(
  handle: FileHandle,
  file: string,
  start: AuditHead,
  known: Known,
  anchors: readonly Anchor[],
  options: AuditOptions,
): Audit {
  let head = start
  let broken: string | null = null
  let queue: Promise<unknown> = Promise.resolve()

  async function write(entry: AuditEntry): Promise<AuditLine> {
    if (broken) throw new AuditError(`audit file ${file} cannot be written: ${broken}`)
    const { line, text } = link(head, entry)
    const { writer } = options
    const next = { writer, seq: line.seq, hash: line.hash, worth: line.step === 'witnessed' ? head.worth : line.seq }
    try {
      await handle.appendFile(text)
      await handle.sync()
      await noteHead(signHead(options.signer, next), anchors, options)
    } catch (error) {
      // Half a line may be on disk: going on would hide it in the middle of the chain.
      broken = reason(error)
      throw new AuditError(`audit file ${file} cannot be written: ${broken}`, { cause: error })
    }
    head = next
    if (line.step === 'started') known.started.add(line.proposal)
    const host = aloneOn(line)
    if (host !== null) known.alone.set(host, line.at)
    noteFreeze(known.frozen, line)
    if (line.step === 'witnessed') known.witnessed.set(line.writer, line.seqThere)
    options.copy(line).catch((error: unknown) => options.log.warn({ err: error }, 'audit line was not copied'))
    return line
  }

  return {
    file,
    writer: options.writer,
    wasStarted: (proposal) => known.started.has(proposal),
    aloneAt: (host) => known.alone.get(host) ?? null,
    frozen: () => [...known.frozen.values()],
    witnessed: (writer) => known.witnessed.get(writer) ?? 0,
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

async function noteHead(signed: string, anchors: readonly Anchor[], { log }: AuditOptions): Promise<void> {
  for (const anchor of anchors) {
    const written = anchor.write(signed)
    if (anchor.sure) await written
    else written.catch((error: unknown) => log.warn({ err: error, anchor: anchor.name }, 'a head was not noted'))
  }
}

function startedIn(text: string): Set<string> {
  const started = [...text.matchAll(/"proposal":"(?<id>[^"]+)".*"step":"started"/g)]
  return new Set(started.flatMap((match) => match.groups?.['id'] ?? []))
}

function witnessedIn(text: string): Map<string, number> {
  const noted = text.matchAll(/"step":"witnessed","writer":"(?<writer>[^"]+)","seqThere":(?<seq>\d+)/g)
  return new Map([...noted].map(({ groups }) => [groups?.['writer'] ?? '', Number(groups?.['seq'])]))
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
