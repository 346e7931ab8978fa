import { LocationsController } from './locations.controller.js';
import { LocationsQuery } from './locations.query.js';
import { Locations } from './locations.service.js';

export const LOCATION_PARTS = {
  controllers: [LocationsController],
  providers: [Locations, LocationsQuery],
};
