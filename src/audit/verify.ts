import { readFile } from 'node:fs/promises'
import type { Verifier } from '../signing/signed.ts'
import { headFileOf } from './anchors.ts'
import { type Verified, verifyText } from './chain.ts'
import { missing, readHead } from './head.ts'

/** Checks the links of one audit file; rejects only when it cannot be read. A tail that was cut off whole is not seen by this alone. */
export async function verify(file: string): Promise<Verified> {
  return verifyText(await readFile(file, 'utf8'))
}

export interface Checked {
  readonly file: string
  readonly verified: Verified
  /** What its head and the other chains say of it that is not true of the file. */
  readonly complaints: readonly string[]
  /** How many other notes of where it stood agree with it: its head and those in other chains. */
  readonly agreeing: number
}

interface Note {
  readonly from: string
  readonly writer: string
  readonly seq: number
  readonly hash: string
}

/** Checks files together: each by its links, by the head beside it, and by what the other files say of where it stood. `verifiers`: null, heads are read unchecked. */
export async function verifyTogether(
  files: readonly string[],
  verifiers: readonly Verifier[] | null,
): Promise<readonly Checked[]> {
  const texts = await Promise.all(files.map(async (file) => ({ file, text: await readFile(file, 'utf8') })))
  const notes = texts.flatMap(({ file, text }) => notesIn(file, text))
  return Promise.all(
    texts.map(async ({ file, text }) => {
      const verified = verifyText(text)
      const writer = writerOf(file)
      const head = await headBeside(file, verifiers)
      const about = notes.filter((note) => note.writer === writer && note.from !== file)
      const held = [...(head && 'seq' in head ? [head] : []), ...about].map((note) => ({
        from: note.from,
        lost: missing(text, note),
      }))
      const complaints = held.flatMap(({ from, lost }) => (lost === null ? [] : [`${lost} (noted in ${from})`]))
      const forged = head && 'because' in head ? [`the head beside it does not hold: ${head.because}`] : []
      return {
        file,
        verified,
        complaints: [...forged, ...new Set(complaints)],
        agreeing: held.length - complaints.length,
      }
    }),
  )
}

function writerOf(file: string): string {
  return (file.split('/').at(-1) ?? file).replace(/\.jsonl$/, '')
}

async function headBeside(
  file: string,
  verifiers: readonly Verifier[] | null,
): Promise<Note | { readonly because: string } | null> {
  const beside = headFileOf(file)
  const text = await readFile(beside, 'utf8').catch(() => null)
  if (text === null) return null
  const read = readHead(text, verifiers)
  if (!read.ok) return { because: read.because }
  const { seq, hash, writer } = read.head
  if (writer !== writerOf(file)) return { because: `it is the head of ${writer}` }
  return { from: beside, writer, seq, hash }
}

function notesIn(file: string, text: string): readonly Note[] {
  const found = text.matchAll(
    /"step":"witnessed","writer":"(?<writer>[^"]+)","seqThere":(?<seq>\d+),"hashThere":"(?<hash>[0-9a-f]{64})"/g,
  )
  return [...found].map(({ groups }) => ({
    from: file,
    writer: groups?.['writer'] ?? '',
    seq: Number(groups?.['seq']),
    hash: groups?.['hash'] ?? '',
  }))
}
