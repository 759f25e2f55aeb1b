import {
  Activity,
  Box,
  ChartLine,
  Clock,
  FlaskConical,
  House,
  KeyRound,
  Layers,
  type LucideIcon,
  Package,
  ScanSearch,
  Settings,
  Shapes,
  Users,
} from 'lucide-react';

export type SectionName =
  | 'overview'
  | 'search'
  | 'catalogs'
  | 'products'
  | 'testSets'
  | 'evaluations'
  | 'models'
  | 'indexes'
  | 'keys'
  | 'usage'
  | 'members'
  | 'audit'
  | 'settings';
export type Section = { name: SectionName; path: string; Icon: LucideIcon; letter: string };
export type GroupName = 'goods' | 'quality' | 'live' | 'api' | 'workspace';

/** Grouped by the way goods travel; `letter` follows G. */
export const GROUPS: { name: GroupName | null; sections: Section[] }[] = [
  {
    name: null,
    sections: [
      { name: 'overview', path: 'overview', Icon: House, letter: 'o' },
      { name: 'search', path: 'search', Icon: ScanSearch, letter: 's' },
    ],
  },
  {
    name: 'goods',
    sections: [
      { name: 'catalogs', path: 'catalogs', Icon: Package, letter: 'c' },
      { name: 'products', path: 'products', Icon: Box, letter: 'p' },
    ],
  },
  {
    name: 'quality',
    sections: [
      { name: 'testSets', path: 'test-sets', Icon: FlaskConical, letter: 't' },
      { name: 'evaluations', path: 'evaluations', Icon: ChartLine, letter: 'e' },
      { name: 'models', path: 'models', Icon: Shapes, letter: 'm' },
    ],
  },
  { name: 'live', sections: [{ name: 'indexes', path: 'indexes', Icon: Layers, letter: 'i' }] },
  {
    name: 'api',
    sections: [
      { name: 'keys', path: 'keys', Icon: KeyRound, letter: 'k' },
      { name: 'usage', path: 'usage', Icon: Activity, letter: 'u' },
    ],
  },
  {
    name: 'workspace',
    sections: [
      { name: 'members', path: 'members', Icon: Users, letter: 'b' },
      { name: 'audit', path: 'audit', Icon: Clock, letter: 'd' },
      { name: 'settings', path: 'settings', Icon: Settings, letter: 'x' },
    ],
  },
];

export const SECTIONS: Section[] = GROUPS.flatMap((group) => group.sections);
