import type { KnownBlock } from '@slack/types'
import type { Diagnosis, Evidence } from '../../diagnosis/diagnosis.ts'
import { mrkdwn } from '../escape.ts'
import { fit } from './fit.ts'
import type { Message } from './message.ts'
import { box, code, rich, sentence, small, words } from './rich.ts'

// Caps per field, so that one long log line cannot push the next piece of evidence out of the message.
const mostPieces = 6
const longestPiece = 1300

/** What was seen on the host for the first finding: each command with what it said, word for word. Null when there is none. */
export function evidenceMessage(diagnosis: Diagnosis): Message | null {
  const pieces = diagnosis.findings.flatMap((finding) => finding.evidence)
  const shown = pieces.slice(0, mostPieces)
  if (shown.length === 0) return null
  const more = pieces.length - shown.length
  return fit({
    text: `What was seen on ${mrkdwn(diagnosis.host, 60)}`,
    blocks: [
      small('*What was seen*'),
      ...shown.map((piece) => pieceBlock(piece, diagnosis.host)),
      ...(more > 0
        ? [small(`and ${more} more; \`gatemedic diagnose ${mrkdwn(diagnosis.host, 60)} --json\` shows all of it`)]
        : []),
    ],
  })
}

function pieceBlock(piece: Evidence, asked: string): KnownBlock {
  const elsewhere = piece.host !== undefined && piece.host !== asked ? [words(`on ${piece.host}`, 80)] : []
  return rich(sentence(code(piece.command, 250), ...elsewhere), box(piece.text, longestPiece))
}
