/** Entry of a process that is killed while a dividend is allotted, approved or paid. */
import 'reflect-metadata';
import { shareOut } from './dividend-way';
import { goUntilKilled } from './go-until-killed';

goUntilKilled(shareOut);
