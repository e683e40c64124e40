import { Button, Combobox, useCombobox } from '@mantine/core'
import { IconBraces } from '@tabler/icons-react'
import { useState } from 'react'
import { useLocationId } from '../contacts/words.js'
import { matching, useMergeFields } from './merge-fields.js'

/** Finds a merge field by its name and hands it on. */
export const MergePicker = ({ into, onPick }: { into: string; onPick: (text: string) => void }) => {
  const groups = useMergeFields(useLocationId())
  const [typed, setTyped] = useState('')
  const box = useCombobox({
    onDropdownOpen: () => box.focusSearchInput(),
    onDropdownClose: () => {
      box.resetSelectedOption()
      setTyped('')
    },
  })
  const found = matching(groups, typed)
  return (
    <Combobox
      store={box}
      width={300}
      position="bottom-end"
      onOptionSubmit={(text) => {
        onPick(text)
        box.closeDropdown()
      }}
    >
      <Combobox.Target withAriaAttributes={false}>
        <Button
          variant="default"
          size="compact-xs"
          leftSection={<IconBraces size={13} />}
          aria-label={`Put a merge field into the ${into}`}
          onClick={() => box.toggleDropdown()}
        >
          Merge field
        </Button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          aria-label="Find a merge field"
          placeholder="Find a merge field"
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            box.updateSelectedOptionIndex()
          }}
        />
        <Combobox.Options mah={280} style={{ overflowY: 'auto' }} aria-label="Merge fields">
          {found.map(({ group, fields }) => (
            <Combobox.Group key={group} label={group}>
              {fields.map(({ label, text }) => (
                <Combobox.Option key={text} value={text}>
                  {label}
                </Combobox.Option>
              ))}
            </Combobox.Group>
          ))}
          {found.length === 0 && <Combobox.Empty>No merge field has that name</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
