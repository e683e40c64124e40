import type { DataType } from '@groundlevel/contracts'

export interface FieldOption {
  /** What values and filters name the option by; kept when its label changes. */
  readonly key: string
  readonly label: string
  /** Picture of the option, for RADIO. */
  readonly url?: string
  /** What the box of a TEXTBOX_LIST begins with. */
  readonly prefillValue?: string
}

/** A custom field as other rooms need it: to check values, to store them, to filter and to render by them. */
export interface FieldDefinition {
  readonly id: string
  readonly name: string
  /** `<objectKey>.<key>`, e.g. `contact.shoe_size`; kept on rename. */
  readonly fieldKey: string
  readonly dataType: DataType
  /** `contact`, `opportunity`, `business` or `custom_objects.<key>`. */
  readonly objectKey: string
  /** Folder. */
  readonly parentId: string
  readonly position: number
  readonly placeholder: string
  readonly options: readonly FieldOption[]
  /** Whether a RADIO takes values that are no option. */
  readonly allowCustomOption: boolean
  readonly isMultipleFile: boolean
  readonly maxFileLimit: number | null
  /** Extensions with their dot, or `all`; empty: every kind. */
  readonly acceptedFormats: readonly string[]
  readonly showInForms: boolean
}
