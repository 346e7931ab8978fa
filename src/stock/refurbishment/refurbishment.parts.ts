import { RefurbFinish } from './refurb-finish.service.js';
import { RefurbOrdersController } from './refurb-orders.controller.js';
import { RefurbOrdersQuery } from './refurb-orders.query.js';
import { RefurbPlanning } from './refurb-planning.service.js';
import { RefurbProgress } from './refurb-progress.service.js';
import { RefurbWorkController } from './refurb-work.controller.js';
import { RefurbWork } from './refurb-work.service.js';

export const REFURBISHMENT_PARTS = {
  controllers: [RefurbOrdersController, RefurbWorkController],
  providers: [RefurbFinish, RefurbOrdersQuery, RefurbPlanning, RefurbProgress, RefurbWork],
};
