import type { Section } from '../../../handbook/model.ts'
import { OrgChart } from '../drawings.tsx'
import { Statements } from '../marks.tsx'
import { Control } from './Control.tsx'
import { Forms, Functions, Kpis, Policies, Posts, Workflows } from './Lists.tsx'
import { Matrix } from './Matrix.tsx'
import { Glossary, Norms, Records, Switches } from './Norms.tsx'
import { Headcount, Relations } from './Organisation.tsx'
import { OrgTree } from './OrgTree.tsx'

const drawn: Record<NonNullable<Section['content']>, () => React.ReactNode> = {
  control: () => <Control />,
  'org-chart': () => (
    <>
      <OrgChart />
      <OrgTree />
    </>
  ),
  headcount: () => <Headcount />,
  relations: () => <Relations />,
  functions: () => <Functions />,
  matrix: () => <Matrix />,
  posts: () => <Posts />,
  kpis: () => <Kpis />,
  'management-workflows': () => <Workflows kind="management" />,
  'business-workflows': () => <Workflows kind="business" />,
  'support-workflows': () => <Workflows kind="support" />,
  'rollout-workflows': () => <Workflows kind="rollout" />,
  policies: () => <Policies />,
  forms: () => <Forms />,
  norms: () => <Norms />,
  switches: () => <Switches />,
  records: () => <Records />,
  glossary: () => <Glossary />,
}

/** Statements of a section, then what is generated from the model. */
export function SectionBody({ section }: { section: Section }) {
  return (
    <>
      {section.statements.length > 0 ? <Statements items={section.statements} /> : null}
      {section.content ? drawn[section.content]() : null}
    </>
  )
}
