import { useState } from 'react'
import { asProblem, type Problem } from '../../problem.js'
import type { Column } from './columns.js'

/** A cell that begins like a formula gets a quote before it, or a spreadsheet would run it. */
const defused = (text: string) => (/^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d ().-]+$/.test(text) ? `'${text}` : text)
const cellOf = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** RFC 4180, one line a row. */
export const csvOf = <R>(columns: readonly Column<R>[], rows: readonly R[]): string => {
  const exported = columns.filter((column) => column.text !== undefined)
  const lines = rows.map((row) => exported.map((column) => cellOf(defused(column.text?.(row) ?? ''))).join(','))
  return `${[exported.map(({ label }) => cellOf(label)).join(','), ...lines].join('\r\n')}\r\n`
}

/** Hands a file to the browser. */
export const download = (name: string, parts: readonly BlobPart[], type = 'text/csv;charset=utf-8') => {
  const url = URL.createObjectURL(new Blob([...parts], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has the file once the click is over; some ask for it a moment later.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

export interface Exporting {
  /** Rows written so far while it runs. */
  readonly done: number | undefined
  readonly problem: Problem | undefined
  start(): void
}

/** Writes the shown columns of every page to a file, with the number of rows while it runs. */
export const useCsvExport = <R>(
  name: string,
  columns: readonly Column<R>[],
  pages: () => AsyncIterable<readonly R[]>,
): Exporting => {
  const [done, setDone] = useState<number>()
  const [problem, setProblem] = useState<Problem>()
  const run = async () => {
    setProblem(undefined)
    setDone(0)
    const rows: R[] = []
    for await (const page of pages()) {
      rows.push(...page)
      setDone(rows.length)
    }
    // The mark makes spreadsheets read it as UTF-8.
    download(`${name}.csv`, ['\uFEFF', csvOf(columns, rows)])
  }
  const start = () => {
    if (done !== undefined) return
    run()
      .catch((thrown: unknown) => setProblem(asProblem(thrown)))
      .finally(() => setDone(undefined))
  }
  return { done, problem, start }
}
