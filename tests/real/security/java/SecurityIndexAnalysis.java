import java.util.Map;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.AnalysisPlugin;
import org.elasticsearch.plugins.Plugin;

/**
 * Names that the index of users, roles and API keys asks for, and that the node from the integration-test release does
 * not have. They serve the search for users by e-mail address, which nobody does here, so they change nothing.
 */
public class SecurityIndexAnalysis extends Plugin implements AnalysisPlugin {

    @Override
    public Map<String, AnalysisProvider<TokenFilterFactory>> getTokenFilters() {
        return Map.of("pattern_capture", filter("pattern_capture"), "unique", filter("unique"));
    }

    @Override
    public Map<String, AnalysisProvider<TokenizerFactory>> getTokenizers() {
        return Map.of(
            "uax_url_email",
            (index, environment, name, settings) -> TokenizerFactory.newFactory(name, StandardTokenizer::new));
    }

    private static AnalysisProvider<TokenFilterFactory> filter(String kind) {
        return (index, environment, name, settings) -> new Unchanged(name);
    }

    private record Unchanged(String name) implements TokenFilterFactory {
        @Override
        public TokenStream create(TokenStream stream) {
            return stream;
        }
    }
}
