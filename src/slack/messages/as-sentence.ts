/**
 * With a capital letter and a full stop. Names keep their spelling: only a first word of plain small letters that is not a
 * name is changed ("starts the unit" but "nginx runs", "checkout-api.service runs").
 */
export function asSentence(text: string): string {
  const line = text.trim()
  const plainWord = /^[a-z]+(?=\s)/.exec(line)
  const capital = plainWord === null || plainWord[0] === 'nginx' ? line : line.charAt(0).toUpperCase() + line.slice(1)
  return capital === '' || /[.!?…]$/.test(capital) ? capital : `${capital}.`
}
