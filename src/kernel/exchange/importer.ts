import type { Edition, Text } from '../../handbook/model.ts'
import type { Ctx, Right } from '../context.ts'
import type { Tx } from '../db/database.ts'
import type { Cell } from './sheet/cell.ts'

/** A sheet laid out as a table: the row that holds headings, and what stands below it, cell by cell. Empty rows are not there. */
export interface ReadSheet {
  readonly name: string
  /** Every column once: doubled names are numbered, columns without a name are called by their letter. */
  readonly headings: readonly string[]
  /** Row number in the file of the first data row. */
  readonly firstRow: number
  readonly rows: readonly (readonly Cell[])[]
  /** Row number in the file of each row. */
  readonly numbers: readonly number[]
  /** Row number of the headings; 0 where there are none. */
  readonly headerRow: number
  readonly hidden: boolean
  /** Numbers of hidden rows that are not taken. */
  readonly hiddenRows: readonly number[]
  readonly hiddenColumns: readonly string[]
  readonly date1904: boolean
  /** Numbers of rows with more fields than there are headings. */
  readonly torn: readonly number[]
  /** Whether cells of several rows are merged. */
  readonly merged: boolean
  /** The first rows of the file, for the choice of the row of headings. */
  readonly top: readonly { readonly row: number; readonly cells: readonly string[] }[]
  /** What is out of the ordinary. */
  readonly notices: readonly Text[]
}

/** A table of which only the columns asked for are left, each cell judged and in one form: days `YYYY-MM-DD`, numbers plain decimals. */
export interface TakenSheet {
  readonly name: string
  /** Ids of the columns, by place. */
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | null)[])[]
  readonly numbers: readonly number[]
  /** Rows that are faulty already: what could be read of them, for whoever asks what the file speaks of. */
  readonly refused: readonly { readonly row: number; readonly cells: readonly (string | null)[] }[]
}

/** What a column holds; its cells are read by the one rule for it. A `code` is what the file shows, never a number. */
export type ColumnSort = 'text' | 'code' | 'date' | 'integer' | 'decimal' | 'percent' | 'money'

export interface ColumnSpec {
  readonly id: string
  readonly label: Text
  /** Headings that mean this column, besides its labels. */
  readonly aliases: readonly string[]
  readonly required: boolean
  /** Left out, it is text. */
  readonly sort?: ColumnSort
}

/** A part of the file an importer asks for, e.g. the order lines or the returns. */
export interface SheetSpec {
  readonly id: string
  readonly label: Text
  readonly aliases: readonly string[]
  readonly required: boolean
  /** Columns without which a sheet is not taken for this part by its headings alone; its name is another matter. */
  readonly known?: readonly string[]
  readonly columns: readonly ColumnSpec[]
}

/** Which sheet and which heading each asked-for part is taken from; `null` leaves it out. */
export interface Mapping {
  readonly sheets: Readonly<Record<string, string | null>>
  readonly columns: Readonly<Record<string, Readonly<Record<string, string | null>>>>
}

/** What the person chose besides the mapping: the basis of facts, owners by account code. */
export type Choices = Readonly<Record<string, unknown>>

/** A row that cannot be written, with the place and the mend. */
export interface RowFault {
  readonly sheet: string
  readonly row: number
  readonly column: string
  readonly value: string
  readonly text: Text
}

export interface Count {
  readonly id: string
  readonly label: Text
  readonly fresh: number
  readonly changed: number
  readonly same: number
}

/** What writing would do; nothing is written by asking. */
export interface Trial {
  readonly counts: readonly Count[]
  readonly faults: readonly RowFault[]
  /** Things to know that do not stand in the way. */
  readonly warnings: readonly Text[]
  /** What the program proposes to decide, for the person to change. */
  readonly proposal: readonly Proposal[]
  /** The most that one owner should be given; `null` or left out where nothing says so. */
  readonly cap?: number | null
}

interface Thing {
  readonly id: number
  readonly title: string
}
export interface Proposal {
  readonly key: string
  readonly title: string
  readonly amount: string
  readonly unit: Thing | null
  readonly owner: Thing | null
  readonly backup: Thing | null
  readonly manager: Thing | null
}

export interface Result {
  readonly counts: readonly Count[]
  /** What was booked beside the records, e.g. facts of sales. */
  readonly booked: number
  /** What was booked, in plain words, and where it is looked at. */
  readonly said?: Text
  readonly links?: readonly { readonly href: string; readonly label: Text }[]
}

/** Sheets by the importer's own ids. */
export type Taken = Readonly<Record<string, TakenSheet>>

/** Something that a person decides of a file besides its mapping; the first option holds where nothing is said. */
export interface Choice {
  readonly id: string
  readonly label: Text
  readonly options: readonly { readonly id: string; readonly label: Text }[]
  /** A word of the person's own, with no options; what holds where nothing is said. */
  readonly free?: string
}

/** How a file of one sort becomes records; flows register one. */
export interface Importer {
  readonly id: string
  readonly label: Text
  /** What a row of such a file is and what becomes of it, before one is chosen. */
  readonly hint: Text
  /** Record kinds on which the person needs the right to import, everywhere. */
  readonly kinds: readonly string[]
  /** Rights that the chosen columns need besides, everywhere too. */
  readonly needs?: (mapping: Mapping) => readonly Right[]
  readonly sheets: readonly SheetSpec[]
  /** Whether a trial may propose owners, for the person to change before anything is written. */
  readonly proposes?: boolean
  /** Choices offered, each with its default first. */
  readonly choices: readonly Choice[]
  trial(ctx: Ctx, taken: Taken, mapping: Mapping, choices: Choices): Promise<Trial>
  /** Writes everything in the caller's transaction; `tell` reports progress outside of it, 0 to 1. */
  write(
    tx: Tx,
    taken: Taken,
    mapping: Mapping,
    choices: Choices,
    tell: (part: number, doing: Text) => Promise<void>,
    fileName: string,
    /** What the run was begun under: its currency, its switches. */
    edition: Edition,
  ): Promise<Result>
}
