import { Readable } from 'node:stream'
import { parse } from 'csv-parse'

/** A record of a CSV file, and how many bytes of the file were read by then. */
export interface CsvRecord {
  readonly cells: readonly string[]
  readonly bytes: number
}

/** Longer than any record that could be taken; without a limit one open quote would put the whole file into memory. */
const longestRecord = 1_000_000

const bare = (line: string) => line.replace(/"[^"]*"/g, '')

/** Which of the usual separators the first line has most of. */
export const delimiterOf = (firstLine: string): string => {
  const line = bare(firstLine)
  const count = (delimiter: string) => line.split(delimiter).length
  return [',', ';', '\t', '|'].reduce((best, each) => (count(each) > count(best) ? each : best))
}

const isUtf8 = (start: Buffer) => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true })
    return true
  } catch {
    return false
  }
}

/** UTF-16 with its mark, UTF-8 where the beginning is that, else what spreadsheets of the West write. */
const encodingOf = (start: Buffer) =>
  start[0] === 0xff && start[1] === 0xfe
    ? 'utf-16le'
    : start[0] === 0xfe && start[1] === 0xff
      ? 'utf-16be'
      : isUtf8(start)
        ? 'utf-8'
        : 'windows-1252'

const decoded = async function* (first: Buffer, rest: AsyncIterable<Buffer>, encoding: string) {
  const decoder = new TextDecoder(encoding)
  yield decoder.decode(first, { stream: true })
  for await (const chunk of rest) yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}

/**
 * Records of a CSV file, one at a time, whatever its size. Separator and encoding are found out from its beginning.
 *
 * @throws Error in a sentence for people when the file cannot be read as CSV
 */
export const readCsv = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<CsvRecord> {
  const source = chunks[Symbol.asyncIterator]()
  const { value: first, done } = await source.next()
  if (done || first.length === 0) return
  const encoding = encodingOf(first)
  const text = new TextDecoder(encoding).decode(first.subarray(0, 100_000))
  const parser = parse({
    delimiter: delimiterOf(text.slice(0, text.search(/[\r\n]|$/))),
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: longestRecord,
  })
  const input = Readable.from(decoded(first, { [Symbol.asyncIterator]: () => source }, encoding))
  input.on('error', (error) => parser.destroy(error))
  for await (const cells of input.pipe(parser)) yield { cells: cells as string[], bytes: parser.info.bytes }
}

/** A cell as CSV has it; what a spreadsheet would run as a formula gets a quote in front and stays text. */
export const toCell = (value: string): string => {
  const safe = /^[=@\t\r]/.test(value) || (/^[+-]/.test(value) && !/^[+-][\d\s().,-]+$/.test(value)) ? `'${value}` : value
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export const toLine = (cells: readonly string[]): string => `${cells.map(toCell).join(',')}\r\n`
