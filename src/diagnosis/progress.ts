/** How far a running diagnosis is: the steps in order, the current one named. */
export interface Progress {
  readonly host: string
  readonly step: 'queued' | 'connecting' | 'asking' | 'asking-closer' | 'judging'
  /** "reading the error log", "14 of 18 answers", "127.0.0.1:8080 and its unit". */
  readonly detail: string
}
