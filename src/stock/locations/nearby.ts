const EARTH_RADIUS_KM = 6371.0088;
/** Widens the box by a millimetre or so: rounding must not cut off what stands exactly on the radius. */
const SLACK_DEGREES = 1e-8;

/** $1 latitude, $2 longitude, $3 radius in km, $4 southern and $5 northern edge, $6 degrees of longitude to either side. */
export type NearbyParameters = [
  latitude: number,
  longitude: number,
  radiusKm: number,
  south: number,
  north: number,
  sideways: number,
];

/** Kilometres from the place $1, $2 to the location `l` (haversine). */
export const DISTANCE_KM = `(${2 * EARTH_RADIUS_KM} * asin(least(1, sqrt(
  sin(radians(l.latitude - $1::float8) / 2) ^ 2 + cos(radians($1::float8)) * cos(radians(l.latitude))
    * sin(radians(l.longitude - $2::float8) / 2) ^ 2))))`;

/**
 * Whether the location `l` lies within the radius; goods in transit are nowhere. The latitudes are looked up in
 * stock_location_place_ix; the difference of longitudes is taken the short way round, so that the 180th meridian is
 * no border.
 */
export const IS_NEARBY = `(l.kind <> 'IN_TRANSIT' and l.latitude between $4::float8 and $5::float8
  and least(abs(l.longitude - $2::float8), 360 - abs(l.longitude - $2::float8)) <= $6::float8
  and ${DISTANCE_KM} <= $3::float8)`;

/** The first six parameters of a statement that uses {@link IS_NEARBY} or {@link DISTANCE_KM} over `stock_location l`. */
export function nearby(latitude: number, longitude: number, radiusKm: number): NearbyParameters {
  const angle = radiusKm / EARTH_RADIUS_KM;
  const up = degrees(angle) + SLACK_DEGREES;
  const [south, north] = [latitude - up, latitude + up];
  return [latitude, longitude, radiusKm, south, north, sideways(latitude, angle, south, north)];
}

/** A circle that holds a pole reaches every longitude; any other is widest a little poleward of its centre. */
function sideways(latitude: number, angle: number, south: number, north: number): number {
  if (south <= -90 || north >= 90) return 180;
  const widest = Math.sin(angle) / Math.cos((latitude * Math.PI) / 180);
  return degrees(Math.asin(Math.min(1, widest))) + SLACK_DEGREES;
}

const degrees = (radians: number): number => (radians * 180) / Math.PI;
