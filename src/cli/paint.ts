import { styleText } from 'node:util'

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan'
export type Paint = (style: Style, text: string) => string

/** How a stream shows text. */
export interface Terminal {
  /** Columns to fill, 80 at most. */
  readonly width: number
  readonly paint: Paint
  readonly isTerminal: boolean
}

/** Colours only on a terminal, and not where NO_COLOR is set (https://no-color.org) or TERM is dumb. */
export function terminalOf(stream: Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>, env: NodeJS.ProcessEnv): Terminal {
  const isTerminal = stream.isTTY
  const colour = isTerminal && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb'
  return {
    width: isTerminal ? Math.max(40, Math.min(80, stream.columns || 80)) : 80,
    paint: (style, text) => (colour ? styleText(style, text, { validateStream: false }) : text),
    isTerminal,
  }
}
