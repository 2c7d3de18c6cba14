/** A deed in a departing audit: done as the person, and told as all deeds are. */
import type { Permission } from '@gep/access';
import { tellDeed } from '../deed/told-deed.service';
import { type DeedOptions, deedAs } from '../machine/person-deed.service';
import type { Terminal } from '../terminal/terminal.service';
import { departureServices, type DepartureServices } from './departure-services.service';

type Deed = (
  services: DepartureServices,
  actor: Parameters<DepartureServices['departures']['show']>[0],
) => Promise<{ readonly result: object; readonly replayed: boolean }>;

/** @throws Forbidden, LoginRefused and what `work` throws */
export const departureDeed = (
  terminal: Terminal,
  options: DeedOptions,
  permission: Permission,
  subject: { readonly act: string; readonly named?: string },
  work: Deed,
): Promise<void> =>
  deedAs(options, permission, (deed) =>
    tellDeed(terminal, deed, { kind: 'departure', ...subject }, async () => {
      const { result, replayed } = await work(departureServices(deed.database), deed.actor);
      return { ...result, replayed };
    }),
  );
