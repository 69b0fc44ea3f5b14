import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Capture } from '../diagnosis/capture.ts'

/** A capture with what was asked: the positional parameters of the probe and the round it belonged to (1 general, 2 targeted). */
export interface RecordedCapture {
  readonly capture: Capture
  readonly args: readonly string[]
  readonly round: number
  /** Pid of the nginx master that it is about, where that is not the one that the host is judged by first. */
  readonly master?: number
}

/** A host as it was at one moment: enough to diagnose it again without it. */
export interface Snapshot {
  readonly host: string
  /** ISO instant. */
  readonly collectedAt: string
  /** Offset of the host's local time: "+01:00". */
  readonly timezone: string
  /** Where it comes from: "Debian 12 under systemd-nspawn", "written from documentation". */
  readonly recordedOn: string
  readonly captures: readonly RecordedCapture[]
}

/** The snapshot folder is missing or damaged; the message names the file and what is wrong with it. */
export class SnapshotError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause })
    this.name = 'SnapshotError'
  }
}

const fileName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/)

const entry = z.object({
  probe: fileName,
  /** Only where it is another host than the snapshot's. */
  host: z.string().optional(),
  args: z.array(z.string()),
  command: z.string(),
  exitCode: z.number().nullable(),
  ms: z.number(),
  truncated: z.boolean(),
  timedOut: z.boolean(),
  notRun: z.string().optional(),
  round: z.number(),
  /** Only where it is about another nginx master than the first one. */
  master: z.int().exactOptional(),
  /** Names of the files beside this one; absent when there was no output. */
  stdout: fileName.optional(),
  stderr: fileName.optional(),
})

const manifest = z.object({
  schema: z.literal(1, { error: 'this version reads schema 1 only' }),
  host: z.string(),
  collectedAt: z.string(),
  timezone: z.string(),
  recordedOn: z.string(),
  captures: z.array(entry),
})

/**
 * Writes snapshot.json and one text file for each stdout and stderr (`1-sockets.txt`, `2-backend-units.stderr.txt`). Files of an older
 * snapshot in the same folder are removed. What is written must have been redacted before.
 */
export async function writeSnapshot(dir: string, snapshot: Snapshot): Promise<void> {
  await mkdir(dir, { recursive: true })
  const old = (await readdir(dir)).filter((name) => /^\d+-.*\.txt$/.test(name))
  await Promise.all(old.map((name) => rm(join(dir, name))))
  const names = new Set<string>()
  const captures: z.infer<typeof entry>[] = []
  for (const { capture, args, round, master } of snapshot.captures) {
    const name = freeName(`${round}-${capture.probe}`, names)
    const { probe, host, command, exitCode, ms, truncated, timedOut, notRun, stdout, stderr } = capture
    if (stdout !== '') await writeFile(join(dir, `${name}.txt`), stdout)
    if (stderr !== '') await writeFile(join(dir, `${name}.stderr.txt`), stderr)
    captures.push({
      probe,
      ...(host === snapshot.host ? {} : { host }),
      args: [...args],
      command,
      exitCode,
      ms,
      truncated,
      timedOut,
      ...(notRun === undefined ? {} : { notRun }),
      round,
      ...(master === undefined ? {} : { master }),
      ...(stdout === '' ? {} : { stdout: `${name}.txt` }),
      ...(stderr === '' ? {} : { stderr: `${name}.stderr.txt` }),
    })
  }
  const { host, collectedAt, timezone, recordedOn } = snapshot
  const text = JSON.stringify({ schema: 1, host, collectedAt, timezone, recordedOn, captures }, null, 2)
  await writeFile(join(dir, 'snapshot.json'), `${text}\n`)
}

/** Reads a folder that writeSnapshot wrote, or that a person wrote by hand. Throws SnapshotError. */
export async function readSnapshot(dir: string): Promise<Snapshot> {
  const path = join(dir, 'snapshot.json')
  const read = manifest.safeParse(parseJson(await readText(path), path))
  if (!read.success) {
    const issue = read.error.issues[0]
    throw new SnapshotError(`${path}: ${issue?.path.map(String).join('.') ?? ''} ${issue?.message ?? 'is not valid'}`)
  }
  const { host, collectedAt, timezone, recordedOn } = read.data
  const captures = await Promise.all(read.data.captures.map((each) => readCapture(dir, host, each)))
  return { host, collectedAt, timezone, recordedOn, captures }
}

async function readCapture(dir: string, of: string, each: z.infer<typeof entry>): Promise<RecordedCapture> {
  const { args, round, notRun, master, host = of, ...rest } = each
  const stdout = rest.stdout === undefined ? '' : await readText(join(dir, rest.stdout))
  const stderr = rest.stderr === undefined ? '' : await readText(join(dir, rest.stderr))
  return {
    args,
    round,
    ...(master === undefined ? {} : { master }),
    capture: { ...rest, host, stdout, stderr, ...(notRun === undefined ? {} : { notRun }) },
  }
}

function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted
  for (let count = 2; taken.has(name); count += 1) name = `${wanted}-${count}`
  taken.add(name)
  return name
}

async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new SnapshotError(`${path}: ${error.code === 'ENOENT' ? 'there is no such file' : error.message}`, error)
  })
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new SnapshotError(`${path}: is not valid JSON`, error)
  }
}
