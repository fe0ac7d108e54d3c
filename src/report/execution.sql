-- Execution of a year.

-- name: execution_rows (year int, carry_over int, advances int, holder_low int, holder_end int, scope)
-- The finest grain that any grouping needs; carry_over and advances (0 or 1) admit such lines.
SELECT a.county, a.programme, a.source, COUNT(*) AS lines,
    CAST(SUM(b.total_fen) AS BIGINT) AS total_fen,
    CAST(SUM(b.allocated_fen) AS BIGINT) AS allocated_fen,
    CAST(SUM(b.available_fen) AS BIGINT) AS available_fen,
    CAST(SUM(b.frozen_fen) AS BIGINT) AS frozen_fen,
    CAST(SUM(b.disbursed_fen) AS BIGINT) AS disbursed_fen,
    CAST(SUM(COALESCE((SELECT SUM(s.fen) FROM treasury_step s
        WHERE s.allotment_id = a.id AND s.step = 'voucher'), 0)) AS BIGINT) AS vouchered_fen
FROM allotment a JOIN allotment_balance b ON b.allotment_id = a.id
WHERE a.year = :year
    AND (:carry_over = 1 OR a.origin_year = a.year)
    AND (:advances = 1 OR a.kind <> 'advance')
    AND a.area >= :holder_low AND a.area < :holder_end
    AND a.area >= :scope_low AND a.area < :scope_end
GROUP BY a.county, a.programme, a.source
ORDER BY a.county, a.programme, a.source

-- name: execution_lines (year int, carry_over int, advances int, holder_low int, holder_end int, any_county int, county int, any_programme int, programme text, any_source int, source text, after int, limit int, scope)
-- The lines behind a figure: the same conditions, and the group's key.
SELECT a.id, a.parent_id, a.document_id, a.area, a.unit_id, a.origin_year, a.programme, a.source,
    a.mark, a.kind, b.total_fen, b.allocated_fen, b.available_fen, b.frozen_fen, b.disbursed_fen,
    COALESCE((SELECT CAST(SUM(s.fen) AS BIGINT) FROM treasury_step s
        WHERE s.allotment_id = a.id AND s.step = 'voucher'), 0) AS vouchered_fen
FROM allotment a JOIN allotment_balance b ON b.allotment_id = a.id
WHERE a.year = :year
    AND (:carry_over = 1 OR a.origin_year = a.year)
    AND (:advances = 1 OR a.kind <> 'advance')
    AND a.area >= :holder_low AND a.area < :holder_end
    AND a.area >= :scope_low AND a.area < :scope_end
    AND (:any_county = 1 OR a.county = :county)
    AND (:any_programme = 1 OR a.programme = :programme)
    AND (:any_source = 1 OR a.source = :source)
    AND a.id > :after
ORDER BY a.id LIMIT :limit
